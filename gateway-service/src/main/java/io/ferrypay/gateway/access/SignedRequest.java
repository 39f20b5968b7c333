package io.ferrypay.gateway.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A request of a till under its signature: HTTP Message Signatures (RFC 9421), one signature named
 * {@code ferry} over always the same components, written in one way only. What is signed is put
 * together again from the request as it is, so nothing else can have been meant; the body's hash is
 * made here, of the very bytes that are passed on.
 *
 * @param bodySha256 in Base64
 * @param created seconds since 1970
 * @param signature in Base64
 * @param cashierProof what a cashier's PIN was exchanged for, if it came along
 * @param idempotencyKey not signed; what a proof for one refund is compared with
 */
record SignedRequest(
        String keyId,
        String method,
        String path,
        String query,
        String bodySha256,
        long created,
        String nonce,
        String signature,
        @Nullable String cashierProof,
        @Nullable String idempotencyKey) {

    private static final Pattern INPUT =
            Pattern.compile(
                    "ferry=\\(\"@method\" \"@path\" \"@query\" \"content-digest\"\\)"
                            + ";created=([0-9]{1,12})"
                            + ";nonce=\"([A-Za-z0-9_-]{16,64})\""
                            + ";keyid=\"(dk_(?:test|live)_[0-9A-Za-z]{16,64})\"");
    private static final Pattern SIGNATURE =
            Pattern.compile("ferry=:([A-Za-z0-9+/]{80,96}={0,2}):");
    private static final Pattern DIGEST = Pattern.compile("sha-256=:([A-Za-z0-9+/]{43}=):");
    private static final Pattern PROOF = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final Pattern KEY = Pattern.compile("[!-~]{1,64}");

    /** Null when it is not signed in that way. */
    static @Nullable SignedRequest of(ServerHttpRequest request, byte[] body) {
        var headers = request.getHeaders();
        var input = only(headers, "Signature-Input");
        var signature = only(headers, "Signature");
        if (input == null || signature == null) {
            return null;
        }
        var parameters = INPUT.matcher(input);
        var signed = SIGNATURE.matcher(signature);
        if (!parameters.matches() || !signed.matches()) {
            return null;
        }
        var uri = request.getURI();
        var query = uri.getRawQuery();
        var proof = only(headers, "Ferry-Cashier");
        var key = only(headers, "Idempotency-Key");
        return new SignedRequest(
                parameters.group(3),
                request.getMethod().name(),
                uri.getRawPath(),
                query == null ? "?" : "?" + query,
                sha256(body),
                Long.parseLong(parameters.group(1)),
                parameters.group(2),
                signed.group(1),
                proof != null && PROOF.matcher(proof).matches() ? proof : null,
                key != null && KEY.matcher(key).matches() ? key : null);
    }

    /** Whether the request says of its body what is true of the body that came. */
    boolean saysItsDigest(HttpHeaders headers) {
        var said = only(headers, "Content-Digest");
        var digest = said == null ? null : DIGEST.matcher(said);
        return digest != null && digest.matches() && digest.group(1).equals(bodySha256);
    }

    private static @Nullable String only(HttpHeaders headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? null : values.getFirst();
    }

    private static String sha256(byte[] body) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "SignedRequest[" + keyId + "]";
    }
}

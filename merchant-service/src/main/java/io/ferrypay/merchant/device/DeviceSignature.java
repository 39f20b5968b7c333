package io.ferrypay.merchant.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * The signature of a device under one request: HTTP Message Signatures (RFC 9421) with {@code
 * ecdsa-p256-sha256}, and always the same components in the same order, so that there is one way to
 * write what is signed (section 2.5). Digest: RFC 9530.
 *
 * @param path as it stands in the request line
 * @param query with its question mark; a question mark alone where there is none (2.2.7)
 * @param bodySha256 of the body, as the gateway found it; also of an empty one; in Base64
 * @param created seconds since 1970, the device's clock
 * @param signature the two numbers of 32 bytes, one after the other (3.3.4); in Base64
 */
public record DeviceSignature(
        String keyId,
        String method,
        String path,
        String query,
        String bodySha256,
        long created,
        String nonce,
        String signature) {

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

    private String base() {
        return "\"@method\": "
                + method
                + "\n\"@path\": "
                + path
                + "\n\"@query\": "
                + query
                + "\n\"content-digest\": sha-256=:"
                + bodySha256
                + ":\n\"@signature-params\": (\"@method\" \"@path\" \"@query\" \"content-digest\");created="
                + created
                + ";nonce=\""
                + nonce
                + "\";keyid=\""
                + keyId
                + "\"";
    }

    boolean isBy(PublicKey publicKey) {
        try {
            var verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey);
            verifier.update(base().getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return false; // Not Base64, not 64 bytes, or numbers that are out of range.
        }
    }

    @Override
    public String toString() {
        return "DeviceSignature[" + keyId + " " + method + "]";
    }
}

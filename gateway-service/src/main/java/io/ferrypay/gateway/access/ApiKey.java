package io.ferrypay.gateway.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A merchant's secret as it came in. It is passed on once, to be checked, and otherwise known by
 * its fingerprint only; printing it shows nothing.
 */
final class ApiKey {

    private static final String SCHEME = "Bearer ";
    private static final Pattern FORM = Pattern.compile("[sr]k_(?:test|live)_[0-9A-Za-z]{16,96}");

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /** Null when there is no single bearer credential that could be a key of ours. */
    static @Nullable ApiKey in(@Nullable List<String> authorization) {
        if (authorization == null || authorization.size() != 1) {
            return null;
        }
        var header = authorization.getFirst();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        var secret = header.substring(SCHEME.length()).strip();
        return FORM.matcher(secret).matches() ? new ApiKey(secret) : null;
    }

    String secret() {
        return secret;
    }

    Fingerprint fingerprint() {
        return Fingerprint.of(secret);
    }

    @Override
    public String toString() {
        return "ApiKey[…]";
    }

    /** The SHA-256 of a secret, as four numbers: cheap to compare, useless to a thief. */
    record Fingerprint(long first, long second, long third, long fourth) {

        static Fingerprint of(String secret) {
            try {
                var digest =
                        ByteBuffer.wrap(
                                MessageDigest.getInstance("SHA-256")
                                        .digest(secret.getBytes(StandardCharsets.US_ASCII)));
                return new Fingerprint(
                        digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }
}

package io.ferrypay.merchant.credential;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The caller's own number for a request, and a fingerprint of what it asked. */
public record IdempotentRequest(String key, String fingerprint) {

    /** Refuses a key that is not 1 to 64 visible ASCII characters. */
    public static IdempotentRequest of(String key, String what) {
        if (!key.matches("[\\x21-\\x7e]{1,64}")) {
            throw ApiException.of(
                    CommonProblems.IDEMPOTENCY_KEY_INVALID,
                    "It has 1 to 64 visible ASCII characters.");
        }
        try {
            return new IdempotentRequest(
                    key,
                    HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256")
                                            .digest(what.getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

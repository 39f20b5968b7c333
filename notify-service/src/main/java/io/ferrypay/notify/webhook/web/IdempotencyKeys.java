package io.ferrypay.notify.webhook.web;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The rules of the {@code Idempotency-Key} header. */
final class IdempotencyKeys {

    private IdempotencyKeys() {}

    static String checked(String key) {
        if (!key.matches("[\\x21-\\x7e]{1,64}")) {
            throw ApiException.of(
                    CommonProblems.IDEMPOTENCY_KEY_INVALID,
                    "It has 1 to 64 visible ASCII characters.");
        }
        return key;
    }

    static String fingerprint(String request) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(request.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.paymentchannel.payment.Sha256;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/** The {@code Idempotency-Key} header, and what a request under one is recognised by. */
@NamedInterface("web")
public final class IdempotencyHeader {

    public static final String NAME = "Idempotency-Key";
    public static final String REPLAYED = "Idempotent-Replayed";

    // Visible ASCII: anything else would not survive every proxy on the way.
    private static final Pattern KEY = Pattern.compile("[!-~]{1,64}");

    private IdempotencyHeader() {}

    public static String check(@Nullable String key) {
        if (key == null || key.isEmpty()) {
            throw ApiException.of(
                    CommonProblems.IDEMPOTENCY_KEY_MISSING,
                    "Send a new Idempotency-Key, such as a UUID, with each request, and the same one"
                            + " when you repeat a request.");
        }
        if (!KEY.matcher(key).matches()) {
            throw ApiException.of(
                    CommonProblems.IDEMPOTENCY_KEY_INVALID,
                    "An Idempotency-Key has 1 to 64 visible ASCII characters.");
        }
        return key;
    }

    public static Sha256 fingerprint(String method, String path, byte[] body) {
        return Sha256.of((method + "\n" + path + "\n").getBytes(StandardCharsets.UTF_8), body);
    }
}

package io.ferrypay.sandbox.wechat.wire;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.springframework.stereotype.Component;

/** Random letters and digits. */
@Component
public class Nonces {

    // 64 characters, so that six random bits pick one; two appear twice, which harms no nonce.
    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789A0"
                    .getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();

    public String next(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] = ALPHABET[bytes[i] & 63];
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}

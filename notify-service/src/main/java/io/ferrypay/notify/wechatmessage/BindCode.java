package io.ferrypay.notify.wechatmessage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** 256 random bits in hexadecimal: letters and digits only, as WeChat wants a {@code state}. */
final class BindCode {

    static final String PATTERN = "[0-9a-f]{64}";

    private BindCode() {}

    static String hash(String code) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(code.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}

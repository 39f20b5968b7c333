package io.ferrypay.paymentchannel.risk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names for what is personal, of which it can't be read. */
final class Hashes {

    private static final int BYTES = 16;

    private Hashes() {}

    /** The same for the same; 32 characters. */
    static String of(String value) {
        try {
            var hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

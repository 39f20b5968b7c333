package io.ferrypay.paymentchannel.channel.payease;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-MD5 with the key we share with Payease, over values joined without separators, as lower-case
 * hex.
 */
final class Mac {

    private static final Charset GBK = Charset.forName("GBK");
    private static final String ALGORITHM = "HmacMD5";

    private final SecretKeySpec key;

    Mac(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * How the text was turned into bytes. Values with Chinese in them are found made up in all
     * three ways.
     */
    enum Encoding {
        GBK,
        UTF8,
        /** The ASCII of {@code application/x-www-form-urlencoded} UTF-8. */
        URL_ENCODED
    }

    /**
     * One of the values under a MAC.
     *
     * @param words whether it is meant for people, so that its encoding is in doubt
     */
    record Value(String text, boolean words) {

        static Value code(String text) {
            return new Value(text, false);
        }

        static Value words(String text) {
            return new Value(text, true);
        }

        private byte[] bytes(Encoding encoding) {
            if (!words) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
            return switch (encoding) {
                case GBK -> text.getBytes(GBK);
                case UTF8 -> text.getBytes(StandardCharsets.UTF_8);
                case URL_ENCODED ->
                        URLEncoder.encode(text, StandardCharsets.UTF_8)
                                .getBytes(StandardCharsets.US_ASCII);
            };
        }
    }

    String of(String... codes) {
        return of(Encoding.UTF8, Arrays.stream(codes).map(Value::code).toList());
    }

    String of(Encoding encoding, List<Value> values) {
        try {
            var mac = javax.crypto.Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (var value : values) {
                mac.update(value.bytes(encoding));
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean fits(String candidate, String... codes) {
        return same(of(codes), candidate);
    }

    /** The encoding in which the candidate fits; null when it fits in none. */
    @Nullable Encoding fitting(String candidate, Value... values) {
        for (var encoding : Encoding.values()) {
            if (same(of(encoding, List.of(values)), candidate)) {
                return encoding;
            }
        }
        return null;
    }

    private static boolean same(String ours, String theirs) {
        return MessageDigest.isEqual(
                ours.getBytes(StandardCharsets.US_ASCII),
                theirs.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Mac[hidden]";
    }
}

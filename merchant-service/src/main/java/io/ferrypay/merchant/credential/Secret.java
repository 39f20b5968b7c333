package io.ferrypay.merchant.credential;

import io.ferrypay.identity.Mode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The secret of an API key: {@code sk_test_} and 38 letters and digits, of which 32 are random (190
 * bits) and 6 check the rest, so that a mistyped key, or a string that only looks like one, is
 * known without asking the database, and leaked keys can be found by machines.
 */
final class Secret {

    private static final char[] ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final int RANDOM_LENGTH = 32;
    private static final int CHECK_LENGTH = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    static Secret random(CredentialKind kind, Mode mode) {
        var start = kind.prefix() + "_" + mode.text() + "_";
        var random = new StringBuilder(start);
        for (var i = 0; i < RANDOM_LENGTH; i++) {
            random.append(ALPHABET[RANDOM.nextInt(ALPHABET.length)]);
        }
        return new Secret(random + check(random.toString()));
    }

    /** Empty for text that can't be a key of ours. */
    static Optional<Secret> parse(String text) {
        var parts = text.split("_", 3);
        if (parts.length != 3
                || !parts[0].matches("sk|rk")
                || !parts[1].matches("test|live")
                || parts[2].length() != RANDOM_LENGTH + CHECK_LENGTH) {
            return Optional.empty();
        }
        var body = text.substring(0, text.length() - CHECK_LENGTH);
        return check(body).equals(text.substring(body.length()))
                ? Optional.of(new Secret(text))
                : Optional.empty();
    }

    private static String check(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        var rest = crc.getValue();
        var check = new StringBuilder();
        for (var i = 0; i < CHECK_LENGTH; i++) {
            check.append(ALPHABET[(int) (rest % ALPHABET.length)]);
            rest /= ALPHABET.length;
        }
        return check.toString();
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String last4() {
        return text.substring(text.length() - 4);
    }

    Mode mode() {
        return Mode.of(text.split("_", 3)[1]);
    }

    /** Shown once, to the one who made the key. */
    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "Secret[…" + last4() + "]";
    }
}

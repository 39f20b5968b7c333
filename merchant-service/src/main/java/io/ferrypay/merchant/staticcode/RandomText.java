package io.ferrypay.merchant.staticcode;

import java.security.SecureRandom;
import java.util.Locale;

/** Short words that nobody can guess, in letters that nobody mistakes for others. */
final class RandomText {

    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

    /** 59 bits: the gateway lets one address try 50 a second. */
    private static final int LINK_LETTERS = 12;

    private static final int SERIAL_LETTERS = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomText() {}

    static String link() {
        return letters(LINK_LETTERS);
    }

    /** Not secret, only different from the merchant's others. */
    static String serialStem() {
        return letters(SERIAL_LETTERS).toUpperCase(Locale.ROOT);
    }

    private static String letters(int count) {
        var text = new StringBuilder(count);
        for (var i = 0; i < count; i++) {
            text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}

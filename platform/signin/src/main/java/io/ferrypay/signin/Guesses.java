package io.ferrypay.signin;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.ZxcvbnBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long a guesser needs, by the estimator zxcvbn: it knows the thirty thousand most used
 * passwords, rows of keys, dates, repeats and the usual exchanges of letters.
 */
class Guesses {

    /** What the estimator calls safe against who guesses at a rate that we limit, and more. */
    private static final double FEW = 1e8;

    /** It takes time by the square of the length; who has so many characters has enough. */
    private static final int LOOKED_AT = 64;

    private static final List<String> OURS = List.of("ferrypay", "ferry", "payment", "console");

    private final Zxcvbn estimator;

    Guesses() {
        try {
            this.estimator =
                    new ZxcvbnBuilder()
                            .dictionary(StandardDictionaries.PASSWORDS_LOADER.load())
                            .keyboard(StandardKeyboards.QWERTY_LOADER.load())
                            .keyboard(StandardKeyboards.KEYPAD_LOADER.load())
                            .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean areFew(String password, String... about) {
        var words =
                Stream.concat(OURS.stream(), Stream.of(about).flatMap(Guesses::parts))
                        .filter(word -> word.length() > 2)
                        .toList();
        var start = password.substring(0, Math.min(password.length(), LOOKED_AT));
        return estimator.measure(start, words).getGuesses() < FEW;
    }

    /** The text, what stands before its at sign, and its words. */
    private static Stream<String> parts(String text) {
        return Stream.concat(
                Stream.of(text, text.substring(0, text.indexOf('@') + 1).replace("@", "")),
                Stream.of(text.split("[^\\p{L}\\p{N}]+")));
    }
}

package io.ferrypay.merchant.onboarding;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** How texts in sections are written. */
final class Forms {

    /** What nobody sees, and what only looks like a blank: a name may not be broken up by it. */
    private static final String HIDDEN =
            "\\p{C}\\p{Zl}\\p{Zp}\\x{34f}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}"
                    + "\\x{2800}\\x{3164}\\x{fe00}-\\x{fe0f}\\x{ffa0}\\x{e0000}-\\x{e0fff}";

    /** Letters of these look like Latin ones. */
    private static final String ALIKE = "\\p{IsCyrillic}\\p{IsGreek}";

    /** Between two letters of a word; without either kind, so that looking for both is one pass. */
    private static final String BETWEEN = "[\\p{L}\\p{M}\\p{N}'’`&&[^\\p{IsLatin}" + ALIKE + "]]*+";

    static final String LINE =
            "(?!.*\\p{IsLatin}"
                    + BETWEEN
                    + "["
                    + ALIKE
                    + "])(?!.*["
                    + ALIKE
                    + "]"
                    + BETWEEN
                    + "\\p{IsLatin})[^"
                    + HIDDEN
                    + "]*";

    static final String IS_LINE = "is one line of visible characters, each word in one script";
    static final String COUNTRY = "[A-Z]{2}";
    static final String IS_COUNTRY = "is an ISO 3166 code of two letters";
    static final String AMOUNT = "[0-9]{1,9}(\\.[0-9]{2})?";
    static final String IS_AMOUNT = "is a decimal with two places";

    private static final Predicate<String> IS_HIDDEN =
            Pattern.compile("[" + HIDDEN + "]").asMatchPredicate();

    private Forms() {}

    static boolean isHidden(int point) {
        return IS_HIDDEN.test(Character.toString(point));
    }
}

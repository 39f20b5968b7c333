package io.ferrypay.merchant.onboarding;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * A name without what writers differ in: case, accents, full width, punctuation and the order of
 * its words; and without what nobody sees, which would make two words of one. Other scripts are
 * compared with themselves only: nothing is transliterated.
 */
record PlainName(Set<String> words) {

    static PlainName of(String name) {
        var text = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var plain = new StringBuilder();
        text.codePoints()
                .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
                .filter(point -> Character.isWhitespace(point) || !Forms.isHidden(point))
                .forEach(point -> {
                    // An apostrophe joins: O'Neill is ONeill.
                    if (point != '\'' && point != '’' && point != '`') {
                        plain.append(Character.isLetterOrDigit(point) ? unaccented(point) : " ");
                    }
                });
        var words = new TreeSet<>(Arrays.asList(plain.toString().strip().split(" +", -1)));
        words.remove("");
        return new PlainName(Set.copyOf(words));
    }

    /** Letters that Unicode does not take apart. */
    private static String unaccented(int point) {
        return switch (point) {
            case 'ø' -> "o";
            case 'ł' -> "l";
            case 'đ', 'ð' -> "d";
            case 'ı' -> "i";
            case 'ħ' -> "h";
            case 'ß' -> "ss";
            case 'æ' -> "ae";
            case 'œ' -> "oe";
            case 'þ' -> "th";
            default -> Character.toString(point);
        };
    }

    /** The same words, or all words of the one, two at least, among those of the other. */
    boolean matches(PlainName other) {
        if (words.isEmpty() || other.words.isEmpty()) {
            return false;
        }
        if (words.equals(other.words)) {
            return true;
        }
        var fewer = words.size() <= other.words.size() ? words : other.words;
        var more = words.size() <= other.words.size() ? other.words : words;
        return fewer.size() >= 2 && more.containsAll(fewer);
    }
}

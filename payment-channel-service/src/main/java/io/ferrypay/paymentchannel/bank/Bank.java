package io.ferrypay.paymentchannel.bank;

import java.util.List;
import java.util.Locale;

/**
 * A bank on the list.
 *
 * @param code one of our own codes, such as {@code ICBC}
 * @param pinyin of the Chinese name, syllable by syllable
 * @param initial of the pinyin, upper case, for an index
 * @param limits in force now, of each security tool of which something is known; empty means that
 *     shoppers have to ask their bank
 */
public record Bank(
        String code,
        String nameZh,
        String nameEn,
        String pinyin,
        String initial,
        List<BankLimit> limits) {

    public Bank {
        limits = List.copyOf(limits);
    }

    /**
     * Whether somebody who typed this may mean the bank: part of its code, of either name, of the
     * pinyin, or the first letters of its syllables.
     */
    boolean isMeantBy(String typed) {
        var wanted = folded(typed);
        return folded(code).startsWith(wanted)
                || folded(nameZh).contains(wanted)
                || folded(nameEn).contains(wanted)
                || folded(pinyin).contains(wanted)
                || initials().startsWith(wanted);
    }

    private String initials() {
        var initials = new StringBuilder();
        for (var syllable : pinyin.split(" ", -1)) {
            initials.append(syllable, 0, Math.min(1, syllable.length()));
        }
        return initials.toString();
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    }
}

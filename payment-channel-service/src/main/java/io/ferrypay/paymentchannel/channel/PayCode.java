package io.ferrypay.paymentchannel.channel;

import java.util.regex.Pattern;

/**
 * The code that a payer's wallet shows to be scanned by the shop. For a minute or so it is as good
 * as the payer's money, so it goes to the channel and nowhere else, and never prints.
 *
 * @param digits 16 to 24 of them: what the wallets' codes have between them
 */
public record PayCode(String digits) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{16,24}");

    public PayCode {
        if (!isPayCode(digits)) {
            throw new IllegalArgumentException("not a pay code");
        }
    }

    /** Whether it could be one, of whichever wallet. */
    public static boolean isPayCode(String text) {
        return DIGITS.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "PayCode[…]";
    }
}

package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.channel.Payer;
import io.ferrypay.problem.ApiException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who pays by online bank, as typed on the page: the name and identity card number of the account's
 * holder (payease.md §13). Never stored and never printed.
 */
record PayerForm(@Nullable String name, @Nullable String idNumber) {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{M}·. ]{1,20}");
    private static final Pattern ID_NUMBER = Pattern.compile("[0-9]{17}[0-9X]");
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_DIGITS = "10X98765432";

    Payer.Identity check() {
        if (name == null || name.isBlank()) {
            throw ApiException.invalid("/payer/name", "required", "must be given");
        }
        if (!NAME.matcher(name.strip()).matches()) {
            throw ApiException.invalid(
                    "/payer/name", "wrong_format", "must be a name of 1 to 20 letters");
        }
        if (idNumber == null || idNumber.isBlank()) {
            throw ApiException.invalid("/payer/id_number", "required", "must be given");
        }
        var number = idNumber.strip().toUpperCase(Locale.ROOT);
        if (!ID_NUMBER.matcher(number).matches()) {
            throw ApiException.invalid(
                    "/payer/id_number", "wrong_format", "must have 18 digits, the last may be X");
        }
        if (checkDigit(number) != number.charAt(17)) {
            throw ApiException.invalid(
                    "/payer/id_number", "wrong_check_digit", "has a mistake in it");
        }
        return new Payer.Identity(name.strip(), number);
    }

    /** ISO 7064 MOD 11-2 (payease.md §13). */
    private static char checkDigit(String number) {
        var sum = 0;
        for (var i = 0; i < WEIGHTS.length; i++) {
            sum += (number.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK_DIGITS.charAt(sum % 11);
    }

    @Override
    public String toString() {
        return "PayerForm[…]";
    }
}

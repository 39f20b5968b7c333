package io.ferrypay.tradeadmin.withdrawal;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number that a bank can pay to. New Zealand: bank, branch, account and suffix, {@code
 * 12-3456-0123456-00} (Payments NZ, account number format); else an IBAN with its check digits (ISO
 * 13616).
 */
record AccountNumber(String scheme, String number) {

    private static final Pattern NEW_ZEALAND =
            Pattern.compile("([0-9]{2})-?([0-9]{4})-?([0-9]{7})-?([0-9]{2,3})");
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}");
    private static final BigInteger MODULUS = BigInteger.valueOf(97);

    static Optional<AccountNumber> parse(String text) {
        var plain = text.replace(" ", "").toUpperCase(Locale.ROOT);
        var newZealand = NEW_ZEALAND.matcher(plain);
        if (newZealand.matches()) {
            return Optional.of(
                    new AccountNumber(
                            "nz",
                            newZealand.group(1)
                                    + "-"
                                    + newZealand.group(2)
                                    + "-"
                                    + newZealand.group(3)
                                    + "-"
                                    + newZealand.group(4)));
        }
        return IBAN.matcher(plain).matches() && checks(plain)
                ? Optional.of(new AccountNumber("iban", plain))
                : Optional.empty();
    }

    private static boolean checks(String iban) {
        var digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4))
                .chars()
                .forEach(letter -> digits.append(Character.digit(letter, 36)));
        return new BigInteger(digits.toString()).mod(MODULUS).equals(BigInteger.ONE);
    }

    /** What people may see: bank and branch, or country, and the last digits. */
    String masked() {
        return scheme.equals("nz")
                ? number.substring(0, 8) + "****" + number.substring(12)
                : number.substring(0, 4)
                        + "*".repeat(number.length() - 8)
                        + number.substring(number.length() - 4);
    }

    /** Never the number itself. */
    @Override
    public String toString() {
        return "AccountNumber[" + masked() + "]";
    }
}

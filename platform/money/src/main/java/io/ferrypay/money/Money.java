package io.ferrypay.money;

import io.ferrypay.money.InvalidAmount.Reason;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * An amount in one currency.
 *
 * @param minorUnits whole number of the currency's smallest unit: 12050 is 120.50 NZD, and 120 is
 *     120 JPY
 */
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {

    /**
     * Digits of the largest amount that is read from text: enough for any payment, and far from the
     * end of {@code long}.
     */
    public static final int MOST_DIGITS = 15;

    private static final Pattern PLAIN_DECIMAL = Pattern.compile("(0|[1-9][0-9]*)(?:\\.([0-9]+))?");
    private static final int LONGEST_TEXT = 64;

    public static Money ofMinor(long minorUnits, Currency currency) {
        return new Money(minorUnits, currency);
    }

    public static Money zero(Currency currency) {
        return new Money(0, currency);
    }

    /**
     * Reads an amount as it stands on the wire: {@code "120.00"} NZD, {@code "120"} JPY. A whole
     * number may leave its decimals out; if there are any, there are exactly as many as the
     * currency has. Never negative, never rounded.
     *
     * @throws InvalidAmount with the reason
     * @throws UnknownCurrency for a code that is not in the table
     */
    public static Money parse(String text, String currencyCode) {
        return parse(text, Currency.of(currencyCode));
    }

    /** As {@link #parse(String, String)}. */
    public static Money parse(String text, Currency currency) {
        if (text.length() > LONGEST_TEXT) {
            throw new InvalidAmount(
                    Reason.TOO_LARGE, "must have at most " + MOST_DIGITS + " digits");
        }
        var matcher = PLAIN_DECIMAL.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidAmount(
                    Reason.MALFORMED,
                    "must be a plain decimal number such as " + example(currency));
        }
        var whole = matcher.group(1);
        var decimals = matcher.group(2);
        if (decimals != null && decimals.length() != currency.exponent()) {
            throw new InvalidAmount(
                    Reason.WRONG_DECIMALS,
                    "must have "
                            + (currency.exponent() == 0
                                    ? "no"
                                    : String.valueOf(currency.exponent()))
                            + " decimals in "
                            + currency);
        }
        var digits = whole + (decimals == null ? "0".repeat(currency.exponent()) : decimals);
        if (digits.length() > MOST_DIGITS) {
            throw new InvalidAmount(
                    Reason.TOO_LARGE, "must have at most " + MOST_DIGITS + " digits");
        }
        return new Money(Long.parseLong(digits), currency);
    }

    private static String example(Currency currency) {
        return new Money(12 * BigDecimal.TEN.pow(currency.exponent()).longValueExact(), currency)
                .toDecimalString();
    }

    /** As on the wire: {@code "120.00"}, always with the currency's decimals. */
    public String toDecimalString() {
        return toDecimal().toPlainString();
    }

    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(minorUnits, currency.exponent());
    }

    /**
     * @throws ArithmeticException when the sum does not fit
     */
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, sameCurrency(other).minorUnits), currency);
    }

    /**
     * @throws ArithmeticException when the difference does not fit; it may be negative
     */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(minorUnits, sameCurrency(other).minorUnits), currency);
    }

    public boolean isPositive() {
        return minorUnits > 0;
    }

    public boolean isZero() {
        return minorUnits == 0;
    }

    public boolean isNegative() {
        return minorUnits < 0;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minorUnits, sameCurrency(other).minorUnits);
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "Can't combine " + currency + " with " + other.currency);
        }
        return other;
    }

    @Override
    public String toString() {
        return toDecimalString() + " " + currency;
    }
}

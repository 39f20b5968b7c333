package io.ferrypay.money;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What one unit of the base currency costs in the quote currency. A conversion always names its
 * rounding: nothing here rounds by itself.
 *
 * @param rate positive; at most 12 digits after the point
 */
public record ExchangeRate(Currency base, Currency quote, BigDecimal rate) {

    private static final int MOST_DECIMALS = 12;

    public ExchangeRate {
        if (rate.signum() <= 0) {
            throw new IllegalArgumentException("A rate is positive, not " + rate.toPlainString());
        }
        if (rate.scale() > MOST_DECIMALS) {
            throw new IllegalArgumentException("A rate has at most " + MOST_DECIMALS + " decimals");
        }
        if (base.equals(quote)) {
            throw new IllegalArgumentException(
                    "A rate joins two currencies, not " + base + " with itself");
        }
    }

    public static ExchangeRate of(String base, String quote, String rate) {
        return new ExchangeRate(Currency.of(base), Currency.of(quote), new BigDecimal(rate));
    }

    /**
     * @throws IllegalArgumentException when the amount is not in the base currency
     * @throws ArithmeticException when the result does not fit
     */
    public Money convert(Money amount, RoundingMode rounding) {
        if (!amount.currency().equals(base)) {
            throw new IllegalArgumentException(
                    "This rate converts " + base + ", not " + amount.currency());
        }
        var exact = amount.toDecimal().multiply(rate).movePointRight(quote.exponent());
        return new Money(exact.setScale(0, rounding).longValueExact(), quote);
    }

    /** For what is only shown: to the nearest unit, halves up. */
    public Money convertForDisplay(Money amount) {
        return convert(amount, RoundingMode.HALF_UP);
    }

    /** For what must cover the amount in the other currency: never a unit too little. */
    public Money convertToCover(Money amount) {
        return convert(amount, RoundingMode.UP);
    }
}

package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for payments of a method from an amount on.
 *
 * @param method as on the wire; empty for those without a rule of their own
 * @param fromMinor the first amount it is for, in minor units of the list's currency
 * @param rate a fraction with at most eight decimals: 0.008 is 0.8 per cent
 * @param fixedMinor on top of it; zero for a margin
 * @param leastMinor the least that is asked; null for a margin
 * @param mostMinor the most that is asked; null for a margin
 */
public record PriceRule(
        String method,
        long fromMinor,
        BigDecimal rate,
        long fixedMinor,
        @Nullable Long leastMinor,
        @Nullable Long mostMinor) {

    public static final Set<String> METHODS = Set.of("wechat", "alipay", "jdpay", "onlinebank");
    static final int MOST_DECIMALS = 8;

    public PriceRule {
        if (!method.isEmpty() && !METHODS.contains(method)) {
            throw new IllegalArgumentException("Not a way to pay: " + method);
        }
        if (rate.signum() < 0
                || rate.compareTo(BigDecimal.ONE) >= 0
                || rate.stripTrailingZeros().scale() > MOST_DECIMALS) {
            throw new IllegalArgumentException(
                    "A rate is a fraction from 0 to 1 with at most 8 decimals");
        }
        var least = leastMinor == null ? 0 : leastMinor;
        if (fromMinor < 0
                || fixedMinor < 0
                || least < 0
                || (mostMinor != null && mostMinor < least)) {
            throw new IllegalArgumentException(
                    "Amounts are not negative, and the most is not less than the least");
        }
    }

    /**
     * Rounded once, half up, then held between the least and the most; never more than the amount
     * itself.
     */
    Money fee(Money amount) {
        var exact =
                BigDecimal.valueOf(amount.minorUnits())
                        .multiply(rate)
                        .add(BigDecimal.valueOf(fixedMinor));
        var fee = exact.setScale(0, RoundingMode.HALF_UP).longValueExact();
        if (mostMinor != null) {
            fee = Math.min(fee, mostMinor);
        }
        if (leastMinor != null) {
            fee = Math.max(fee, leastMinor);
        }
        return new Money(Math.min(fee, amount.minorUnits()), amount.currency());
    }
}

package io.ferrypay.paymentchannel.refund;

import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of a charge goes back for a part of a payment, at the payment's own rate. What is
 * rounded is always the sum so far and never the part, so parts add up to the charge however it is
 * cut, and the one that refunds the rest takes the remainder.
 */
final class RefundShare {

    private RefundShare() {}

    /**
     * @param amount the payment
     * @param charged what the channel was told to charge for all of it
     * @param left of the payment, before this refund
     * @param refundedAtChannel of the charge, before this refund
     * @param part of the payment, that is to go back now: at most {@code left}
     * @return not above what is left of the charge; not positive where the part is worth less than
     *     the smallest unit
     */
    static Money of(Money amount, Money charged, Money left, Money refundedAtChannel, Money part) {
        if (part.compareTo(left) > 0 || left.compareTo(amount) > 0) {
            throw new IllegalArgumentException(
                    "Can't refund " + part + " of " + left + " of " + amount);
        }
        return share(amount, charged, amount.minus(left).plus(part)).minus(refundedAtChannel);
    }

    /** What so much of the payment was worth, to the nearest unit. */
    static Money share(Money amount, Money charged, Money ofAmount) {
        var exact =
                BigDecimal.valueOf(charged.minorUnits())
                        .multiply(BigDecimal.valueOf(ofAmount.minorUnits()))
                        .divide(BigDecimal.valueOf(amount.minorUnits()), 0, RoundingMode.HALF_UP);
        return new Money(exact.longValueExact(), charged.currency());
    }
}

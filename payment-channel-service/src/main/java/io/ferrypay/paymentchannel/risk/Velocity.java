package io.ferrypay.paymentchannel.risk;

import java.time.Duration;

/** What came in before the payment that is looked at. */
@FunctionalInterface
interface Velocity {

    /** By the same merchant, payer and so on as that payment, in the time before it. */
    Totals before(Facts facts, CountedBy by, Duration window);

    /**
     * @param payments how many took money, in whatever currency
     * @param amountMinor what they took in the currency of the payment that is looked at
     */
    record Totals(long payments, long amountMinor) {

        static final Totals NONE = new Totals(0, 0);
    }
}

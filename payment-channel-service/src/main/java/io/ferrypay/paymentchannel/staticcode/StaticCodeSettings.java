package io.ferrypay.paymentchannel.staticcode;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param paymentLifetime how long a shopper at the counter has to pay; what is left unpaid counts
 *     against the code's daily limit no longer
 * @param unusualUse when a shop is told that a code is not used as it usually is
 */
@ConfigurationProperties("ferry.static-codes")
record StaticCodeSettings(
        @DefaultValue("10m") Duration paymentLifetime, @DefaultValue UnusualUse unusualUse) {

    /**
     * What is looked at are the payments begun within the last hour, and what they are compared
     * with is the week before.
     *
     * @param historyPayments how many payments a code must have taken in that week before anything
     *     is usual
     * @param historyDays on how many days
     * @param paymentsAtLeast how many payments within the hour are many
     * @param paymentsFactor if they are also more than so many times those of its busiest hour
     * @param amountFactor how many times the mean amount is large
     * @param unpaidAtLeast how many payments that ended unpaid within the hour are many
     * @param unpaidPercent if they are also so much of those begun
     * @param quietAfter how long nothing unusual was seen when a spell is over; what comes later is
     *     told anew
     * @param usualFor how long what is usual is not looked up again
     * @param kept how long a spell that is over is kept
     */
    record UnusualUse(
            @DefaultValue("20") int historyPayments,
            @DefaultValue("3") int historyDays,
            @DefaultValue("10") int paymentsAtLeast,
            @DefaultValue("3") int paymentsFactor,
            @DefaultValue("10") int amountFactor,
            @DefaultValue("10") int unpaidAtLeast,
            @DefaultValue("70") int unpaidPercent,
            @DefaultValue("6h") Duration quietAfter,
            @DefaultValue("6h") Duration usualFor,
            @DefaultValue("90d") Duration kept) {

        UnusualUse {
            if (paymentsFactor < 1
                    || amountFactor < 1
                    || historyPayments < 1
                    || unpaidPercent < 1
                    || unpaidPercent > 100) {
                throw new IllegalArgumentException(
                        "ferry.static-codes.unusual-use: factors and history are 1 or more, a"
                                + " percentage 1 to 100");
            }
        }
    }
}

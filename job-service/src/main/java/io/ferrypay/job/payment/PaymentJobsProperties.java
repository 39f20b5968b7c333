package io.ferrypay.job.payment;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often payments are looked after, and how much is asked for at a time.
 *
 * @param queryPendingPayments from run to run; also the longest a lost notification stays unnoticed
 *     beyond the payment's own query times
 * @param expireUnpaidPayments from run to run
 * @param advanceRefunds from run to run
 * @param pullFxRates from run to run; Alipay counts the calls and allows a hundred a day
 * @param reconcileStatements from run to run; when a statement is due reconcile-service knows
 * @param reconcileUrl of reconcile-service, as {@code url}
 * @param url of payment-channel-service; a service name is found through the registry
 * @param limit most payments one call may handle: few, so that the answer comes long before {@code
 *     timeouts.read}, and what was not reached is left to the next call instead of taken twice
 * @param budget how long one run may go on making calls while there is more to do
 */
@ConfigurationProperties("ferry.jobs")
record PaymentJobsProperties(
        @DefaultValue("5s") Duration queryPendingPayments,
        @DefaultValue("5s") Duration expireUnpaidPayments,
        @DefaultValue("5s") Duration advanceRefunds,
        @DefaultValue("30m") Duration pullFxRates,
        @DefaultValue("1m") Duration reconcileStatements,
        @DefaultValue("http://reconcile-service") String reconcileUrl,
        @DefaultValue("http://payment-channel-service") String url,
        @DefaultValue("8") int limit,
        @DefaultValue("10s") Duration budget,
        @DefaultValue Timeouts timeouts,
        @DefaultValue Breaker breaker) {

    /** How long a call may take to connect, and to be answered. */
    record Timeouts(@DefaultValue("2s") Duration connect, @DefaultValue("30s") Duration read) {}

    /**
     * When to leave payment-channel-service alone, and for how long.
     *
     * @param calls how many of the last calls count; half of them failing opens the breaker
     * @param pause from opening until a call is tried again
     */
    record Breaker(@DefaultValue("6") int calls, @DefaultValue("10s") Duration pause) {}
}

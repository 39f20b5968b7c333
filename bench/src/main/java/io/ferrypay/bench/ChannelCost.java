package io.ferrypay.bench;

import io.ferrypay.bench.ServiceTimers.Time;

/**
 * What one payment costs the payment service itself, in microseconds: measured one payment at a
 * time, so that no request waits for another, and without what the pretended company took. The way
 * between both on this machine is in it.
 *
 * @param payments how many were paid
 * @param callsPerPayment to the company
 * @param companyMicros what the company took for one call
 * @param addedPerCall what is added to it: signing, sending, verifying
 * @param restPerPayment of choosing a method and of being notified, what is no call: above all what
 *     is written to PostgreSQL and committed
 */
record ChannelCost(
        String channel,
        long payments,
        double callsPerPayment,
        double companyMicros,
        double addedPerCall,
        double restPerPayment) {

    /**
     * @param calls as the service saw them
     * @param company the same as the company saw them
     * @param requests those in which calls are made
     */
    static ChannelCost of(String channel, long payments, Time calls, Time company, Time requests) {
        return new ChannelCost(
                channel,
                payments,
                (double) calls.count() / payments,
                company.micros() / Math.max(1, company.count()),
                (calls.micros() - company.micros()) / Math.max(1, calls.count()),
                (requests.micros() - calls.micros()) / payments);
    }

    /** Each call and each notification is one exchange with the company. */
    double addedPerPayment() {
        return callsPerPayment * addedPerCall + restPerPayment;
    }
}

package io.ferrypay.paymentchannel.payment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts what was paid since this process began, by mode, way to pay and currency: {@code
 * ferry.payment.paid} payments and {@code ferry.payment.paid.value} in major units. For charts and
 * alarms; the books are in the ledger.
 */
@Component
class PaidValue {

    private final MeterRegistry metrics;

    PaidValue(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** In the transaction in which it was paid; counts if and when that commits. */
    void paid(Payment payment, Attempt attempt) {
        var amount = payment.amount();
        var tags =
                Tags.of(
                        "mode",
                        payment.livemode() ? "live" : "test",
                        "method",
                        attempt.method().wireName(),
                        "currency",
                        amount.currency().code());
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        metrics.counter("ferry.payment.paid", tags).increment();
                        metrics.counter("ferry.payment.paid.value", tags)
                                .increment(amount.toDecimal().doubleValue());
                    }
                });
    }
}

package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.risk.DecideHeldPayment;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Lets a merchant have money that was held, or owes it back to the payer. */
@Service
class EndReview implements DecideHeldPayment {

    private static final Logger log = LoggerFactory.getLogger(EndReview.class);

    private final Payments payments;
    private final Attempts attempts;
    private final PaymentEvents events;
    private final RefundsDue refundsDue;
    private final Clock clock;

    EndReview(
            Payments payments,
            Attempts attempts,
            PaymentEvents events,
            RefundsDue refundsDue,
            Clock clock) {
        this.payments = payments;
        this.attempts = attempts;
        this.events = events;
        this.refundsDue = refundsDue;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void release(String paymentId) {
        ifHeld(
                paymentId,
                (payment, attempt) -> {
                    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    payment.release(now);
                    payments.flush();
                    events.paid(payment, attempt, PaymentStatus.UNDER_REVIEW);
                    if (payment.isPaidLate()) {
                        payment.toldLate(now);
                        payments.flush();
                        events.paidLate(payment);
                    }
                });
    }

    @Override
    @Transactional
    public void refuse(String paymentId) {
        ifHeld(
                paymentId,
                (payment, attempt) -> {
                    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                    payment.refuse(now);
                    payment.addSurplus(attempt.amount().minorUnits());
                    attempt.owedBack();
                    payments.flush();
                    refundsDue.add(payment, attempt, RefundsDue.NOT_ACCEPTED, now);
                    events.refused(payment, attempt);
                });
    }

    private void ifHeld(String paymentId, BiConsumer<Payment, Attempt> decide) {
        var payment =
                payments.lock(paymentId)
                        .orElseThrow(() -> new IllegalArgumentException("No payment " + paymentId));
        if (payment.status() != PaymentStatus.UNDER_REVIEW) {
            log.debug("{} is decided already: {}", paymentId, payment.status());
            return;
        }
        decide.accept(
                payment,
                attempts.findByPaymentIdOrderBySequence(paymentId).stream()
                        .filter(attempt -> attempt.status() == AttemptStatus.PAID)
                        .findFirst()
                        .orElseThrow());
    }
}

package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.payment.EndPayment.Ending;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The decision to take a charge by a pay code back, stored before its channel hears of it. From
 * then on whatever the payer still pays goes back by the reverse, and by nothing else; {@link
 * ApplyReport} ends the charge once the channel has proven that it is taken back.
 */
@Component
class Reversals {

    /**
     * So long before the end of a channel's reversals nothing more is reversed, and so long after
     * it what is paid is believed to stay paid: longer than a call, and than clocks differ.
     */
    static final Duration AROUND_THE_END = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(Reversals.class);

    private final Payments payments;
    private final Attempts attempts;
    private final Clock clock;

    Reversals(Payments payments, Attempts attempts, Clock clock) {
        this.payments = payments;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** Where a charge stands. */
    enum Standing {
        /** It is to be taken back, by this decision or an earlier one. */
        REVERSING,
        /** The payer was quicker. */
        PAID,
        /** It has ended without money. */
        OVER
    }

    /** Decides, unless the charge has ended; an earlier decision stands. */
    @Transactional
    public Standing decide(OrderKey order, Ending ending) {
        var _ = payments.lockOfOrder(order.orderNumber()).orElseThrow();
        var attempt = attempts.findById(order.orderNumber()).orElseThrow();
        if (attempt.status().mayBePaid() && attempt.status() != AttemptStatus.REVERSING) {
            log.info("{} is to be taken back: {}", order.orderNumber(), ending);
            attempt.reverse(ending.status(), clock.instant());
        }
        return standing(attempt);
    }

    @Transactional(readOnly = true)
    public Standing standing(OrderKey order) {
        return standing(attempts.findById(order.orderNumber()).orElseThrow());
    }

    private static Standing standing(Attempt attempt) {
        if (attempt.status().tookMoney()) {
            return Standing.PAID;
        }
        return attempt.status().mayBePaid() ? Standing.REVERSING : Standing.OVER;
    }
}

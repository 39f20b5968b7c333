package io.ferrypay.paymentchannel.payment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Ends a payment that nobody shall pay any more: first every order still open at a channel is
 * queried and closed there, then the payment moves. Money that was quicker wins.
 */
@Component
class EndPayment {

    private static final int MOST_ROUNDS = 3;
    private static final Duration LONG_OVER = Duration.ofMinutes(10);

    private final Payments payments;
    private final Attempts attempts;
    private final PaymentEvents events;
    private final AskChannel ask;
    private final TransactionOperations transactions;
    private final Clock clock;

    EndPayment(
            Payments payments,
            Attempts attempts,
            PaymentEvents events,
            AskChannel ask,
            TransactionOperations transactions,
            Clock clock) {
        this.payments = payments;
        this.attempts = attempts;
        this.events = events;
        this.ask = ask;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** What came of it. */
    enum Outcome {
        /** It has ended as wanted, now or before. */
        ENDED,
        /** It has ended in another way: look at its status. */
        ENDED_OTHERWISE,
        /** A channel would not say or would not close: nothing is decided. */
        CHANNEL_UNSURE
    }

    /** How a payment can be ended by us. */
    enum Ending {
        CANCELED(PaymentStatus.CANCELED),
        EXPIRED(PaymentStatus.EXPIRED);

        private final PaymentStatus status;

        Ending(PaymentStatus status) {
            this.status = status;
        }

        PaymentStatus status() {
            return status;
        }

        private void happen(Payment payment, Instant now) {
            switch (this) {
                case CANCELED -> payment.cancel(now);
                case EXPIRED -> payment.expire(now);
            }
        }
    }

    Outcome end(String paymentId, Ending ending) {
        // A shopper may open a new attempt while we close the old one, though not for ever.
        for (var round = 0; round < MOST_ROUNDS; round++) {
            var lapsing = new HashSet<String>();
            for (var attempt : open(paymentId)) {
                switch (ask.queryAndClose(attempt.key(), ending)) {
                    // The order's own time is long over, too: nobody can pay it any more, whatever
                    // the channel can't say of it.
                    case UNPROVEN -> {
                        if (clock.instant().isBefore(attempt.expiresAt().plus(LONG_OVER))) {
                            return Outcome.CHANNEL_UNSURE;
                        }
                        lapsing.add(attempt.orderNumber());
                    }
                    case PAID, NOT_PAYABLE -> {}
                    // What comes in all the same is late money, and treated as that.
                    case CANNOT_CLOSE -> lapsing.add(attempt.orderNumber());
                    case STILL_PAYABLE, UNKNOWN -> {
                        return Outcome.CHANNEL_UNSURE;
                    }
                }
            }
            var outcome = transactions.execute(_ -> endIfNothingIsOpen(paymentId, ending, lapsing));
            if (outcome != null && outcome.isPresent()) {
                return outcome.get();
            }
        }
        return Outcome.CHANNEL_UNSURE;
    }

    List<Attempt> open(String paymentId) {
        return attempts.findByPaymentIdOrderBySequence(paymentId).stream()
                .filter(attempt -> attempt.status().mayBePaid())
                .toList();
    }

    private Optional<Outcome> endIfNothingIsOpen(
            String paymentId, Ending ending, Set<String> lapsing) {
        var payment = payments.lock(paymentId).orElseThrow();
        var previous = payment.status();
        if (previous == ending.status) {
            return Optional.of(Outcome.ENDED);
        }
        if (!payment.canBecome(ending.status)) {
            return Optional.of(Outcome.ENDED_OTHERWISE);
        }
        var open = open(paymentId);
        if (!open.stream().allMatch(attempt -> lapsing.contains(attempt.orderNumber()))) {
            return Optional.empty();
        }
        open.forEach(attempt -> attempt.lapse(clock.instant()));
        ending.happen(payment, clock.instant());
        payments.flush();
        events.moved(payment, previous);
        return Optional.of(Outcome.ENDED);
    }
}

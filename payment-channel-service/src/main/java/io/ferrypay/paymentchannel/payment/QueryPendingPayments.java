package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.payment.DuePayments.DueAttempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** Asks channels about the orders that are due: notifications get lost, money does not. */
@Service
public class QueryPendingPayments {

    private final DuePayments due;
    private final AskChannel ask;
    private final Attempts attempts;
    private final Channels channels;
    private final Clock clock;

    QueryPendingPayments(
            DuePayments due, AskChannel ask, Attempts attempts, Channels channels, Clock clock) {
        this.due = due;
        this.ask = ask;
        this.attempts = attempts;
        this.channels = channels;
        this.clock = clock;
    }

    /** Looks at up to {@code limit} orders, none of them at a company that is silent now. */
    public SweepResult query(int limit) {
        var taken = due.takeAttempts(limit, ask.resting());
        var seen = SideBySide.each(taken, this::look, Seen.UNKNOWN);
        return new SweepResult(
                taken.size(),
                (int) seen.stream().filter(Seen.CHANGED::equals).count(),
                (int) seen.stream().filter(Seen.UNKNOWN::equals).count());
    }

    private Seen look(DueAttempt attempt) {
        var key = attempt.key();
        var now = clock.instant();
        var answer =
                attempt.shouldBeClosed(now)
                        ? ask.queryAndClose(key, EndPayment.Ending.EXPIRED)
                        : ask.query(key);
        if ((answer == AskChannel.Answer.CANNOT_CLOSE
                        || (answer == AskChannel.Answer.UNPROVEN
                                && now.isAfter(attempt.expiresAt())))
                && attempt.mayLapse(now)) {
            due.lapse(key);
        }
        if (attempt.isOldEnoughToForget(now)) {
            due.askNoMore(key);
        } else {
            due.askAgain(key, pause(attempt, now));
        }
        return switch (answer) {
            case UNKNOWN, UNPROVEN -> Seen.UNKNOWN;
            case PAID, NOT_PAYABLE, STILL_PAYABLE, CANNOT_CLOSE ->
                    attempts.findById(key.orderNumber())
                                    .filter(one -> one.status() == attempt.status())
                                    .isPresent()
                            ? Seen.SAME
                            : Seen.CHANGED;
        };
    }

    private Duration pause(DueAttempt attempt, Instant now) {
        if (attempt.status() == AttemptStatus.LAPSED) {
            return QuerySchedule.LAPSED;
        }
        return attempt.key().flow() == Flow.PAY_CODE
                ? QuerySchedule.ofCharge(
                        channels.ability(attempt.key().accountId(), ChargesPayCodes.class)
                                .map(ChargesPayCodes::chargeRules)
                                .orElse(null),
                        Duration.between(attempt.key().createdAt(), now))
                : QuerySchedule.after(attempt.queries() + 1);
    }

    private enum Seen {
        CHANGED,
        SAME,
        UNKNOWN
    }
}

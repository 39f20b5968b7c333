package io.ferrypay.paymentchannel.payment;

import java.time.Duration;
import org.springframework.stereotype.Service;

/** Ends the payments whose time is over: query, close, expire. */
@Service
public class ExpireUnpaidPayments {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(15);

    private final DuePayments due;
    private final EndPayment endPayment;
    private final AskChannel ask;

    ExpireUnpaidPayments(DuePayments due, EndPayment endPayment, AskChannel ask) {
        this.due = due;
        this.endPayment = endPayment;
        this.ask = ask;
    }

    /** Looks at up to {@code limit} payments, none of them open at a company that is silent now. */
    public SweepResult expire(int limit) {
        var taken = due.takeUnpaid(limit, ask.resting());
        var outcomes = SideBySide.each(taken, this::end, EndPayment.Outcome.CHANNEL_UNSURE);
        var unsure = 0;
        for (var outcome : outcomes) {
            if (outcome == EndPayment.Outcome.CHANNEL_UNSURE) {
                unsure++;
            }
        }
        return new SweepResult(taken.size(), taken.size() - unsure, unsure);
    }

    private EndPayment.Outcome end(String paymentId) {
        var outcome = endPayment.end(paymentId, EndPayment.Ending.EXPIRED);
        if (outcome == EndPayment.Outcome.CHANNEL_UNSURE) {
            due.sweepAgain(paymentId, LOOK_AGAIN);
        }
        return outcome;
    }
}

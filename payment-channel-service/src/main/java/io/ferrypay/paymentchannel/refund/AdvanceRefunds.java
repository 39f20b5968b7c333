package io.ferrypay.paymentchannel.refund;

import io.ferrypay.paymentchannel.payment.SideBySide;
import io.ferrypay.paymentchannel.payment.SweepResult;
import java.time.Clock;
import org.springframework.stereotype.Service;

/**
 * Takes every refund a step further for which it is time: those nobody has asked for yet, those
 * whose channel has not said how it went, and money that is owed back and has no refund.
 */
@Service
public class AdvanceRefunds {

    private final GiveBackSurplus surplus;
    private final Refunds refunds;
    private final AskForRefund ask;
    private final RefundTurns turns;
    private final Clock clock;

    AdvanceRefunds(
            GiveBackSurplus surplus,
            Refunds refunds,
            AskForRefund ask,
            RefundTurns turns,
            Clock clock) {
        this.surplus = surplus;
        this.refunds = refunds;
        this.ask = ask;
        this.turns = turns;
        this.clock = clock;
    }

    /** Looks at up to {@code limit} refunds. */
    public SweepResult advance(int limit) {
        surplus.begin(limit);
        turns.forgetOld();
        var due = refunds.due(clock.instant(), ask.resting(), limit);
        var seen = SideBySide.each(due, ask::ifDue, AskForRefund.Seen.UNKNOWN);
        return new SweepResult(
                due.size(),
                (int) seen.stream().filter(AskForRefund.Seen.CHANGED::equals).count(),
                (int) seen.stream().filter(AskForRefund.Seen.UNKNOWN::equals).count());
    }
}

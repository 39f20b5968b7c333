package io.ferrypay.paymentchannel.channel.payease;

import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Asks Payease whether what it has just told us is so. The sign's algorithm is old and its text is
 * joined without separators, so a second way in is worth the wait.
 *
 * <p>When the query gets no answer at all, the sign alone counts (it is the only proof a
 * notification ever has, and the query's answer would bear the same one), unless the account says
 * otherwise. When it does answer, it has the last word.
 */
final class ConfirmByQuery {

    private final PayeaseAccount account;
    private final LongSupplier nanoTime;
    private final long deadline;

    ConfirmByQuery(PayeaseAccount account, Duration within) {
        this(account, within, System::nanoTime);
    }

    ConfirmByQuery(PayeaseAccount account, Duration within, LongSupplier nanoTime) {
        this.account = account;
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + within.toNanos();
    }

    enum Verdict {
        CONFIRMED,
        /** Paid, but not that much. */
        DIFFERS,
        /** Payease says that it is not paid. */
        DENIED,
        NO_ANSWER
    }

    Verdict confirm(OrderState told) {
        var verdict = ask(told);
        Metrics.counter(
                        "ferry.channel.payease.confirmations",
                        "verdict",
                        verdict.name().toLowerCase(Locale.ROOT))
                .increment();
        return verdict;
    }

    private Verdict ask(OrderState told) {
        var left = Duration.ofNanos(deadline - nanoTime.getAsLong());
        if (!left.isPositive()) {
            return Verdict.NO_ANSWER;
        }
        return switch (account.client().query(told.oid(), left)) {
            case PayeaseAnswer.Done<OrderState>(var state) -> {
                if (!state.isPaid()) {
                    yield Verdict.DENIED;
                }
                yield state.amount().equals(told.amount())
                                && state.moneyType().equals(told.moneyType())
                        ? Verdict.CONFIRMED
                        : Verdict.DIFFERS;
            }
            case PayeaseAnswer.Refused<OrderState>(var error) ->
                    error == PayeaseError.INVALID_ORDER_NUMBER ? Verdict.DENIED : Verdict.NO_ANSWER;
            case PayeaseAnswer.NotSent<OrderState> _, PayeaseAnswer.Unknown<OrderState> _ ->
                    Verdict.NO_ANSWER;
        };
    }
}

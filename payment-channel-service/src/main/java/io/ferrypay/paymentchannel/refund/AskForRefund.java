package io.ferrypay.paymentchannel.refund;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import io.ferrypay.paymentchannel.channel.SilentAccounts;
import io.ferrypay.paymentchannel.payment.PaidOrder;
import io.ferrypay.paymentchannel.payment.RefundBalance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Does the next thing about one refund: asks its channel, or asks what became of it. That the
 * channel may be asked is written before it is, and no transaction is open meanwhile: whoever finds
 * a refund that was being asked for queries it first.
 */
@Component
class AskForRefund {

    private static final Logger log = LoggerFactory.getLogger(AskForRefund.class);
    private static final Duration WITHOUT_CHANNEL = Duration.ofMinutes(10);

    private final Refunds refunds;
    private final RefundBalance balance;
    private final RefundTurns turns;
    private final EndRefund end;
    private final RefundControl control;
    private final StuckRefunds alarm;
    private final Channels channels;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final SilentAccounts silent;

    AskForRefund(
            Refunds refunds,
            RefundBalance balance,
            RefundTurns turns,
            EndRefund end,
            RefundControl control,
            StuckRefunds alarm,
            Channels channels,
            TransactionOperations transactions,
            Clock clock) {
        this.refunds = refunds;
        this.balance = balance;
        this.turns = turns;
        this.end = end;
        this.control = control;
        this.alarm = alarm;
        this.channels = channels;
        this.transactions = transactions;
        this.clock = clock;
        this.silent = new SilentAccounts(clock);
    }

    /** Accounts that have not answered lately: whoever has many to ask about asks others first. */
    Set<String> resting() {
        return silent.resting();
    }

    /** What became of it. */
    enum Seen {
        CHANGED,
        SAME,
        UNKNOWN
    }

    /** Unless somebody has taken it up already; when to come again, if its turn has not come. */
    Optional<Instant> firstTime(String refundId) {
        var begun = begun(refundId, Refund::isUntouched);
        if (begun instanceof Begun.Later(var until)) {
            return Optional.of(until);
        }
        carryOn(refundId, begun);
        return Optional.empty();
    }

    /** If it is still time for it: of two who try, one finds that it is not. */
    Seen ifDue(String refundId) {
        return carryOn(refundId, begun(refundId, refund -> refund.isDue(clock.instant())));
    }

    private Begun begun(String refundId, Predicate<Refund> wanted) {
        var begun = transactions.execute(_ -> begin(refundId, wanted));
        if (begun == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        return begun;
    }

    private Seen carryOn(String refundId, Begun begun) {
        return switch (begun) {
            case Begun.Nothing _, Begun.Later _ -> Seen.SAME;
            case Begun.NoChannel _ -> Seen.UNKNOWN;
            case Begun.Ask(var channel, var order, var rules, var step) -> {
                var answer = heard(order, channel.refund(order));
                yield seen(transactions.execute(_ -> asked(refundId, step, rules, answer)));
            }
            case Begun.Query(var channel, var order, var rules, var step) -> {
                var answer = heard(order, channel.queryRefund(order));
                yield seen(transactions.execute(_ -> queried(refundId, step, rules, answer)));
            }
        };
    }

    private RefundAnswer heard(RefundOrder order, RefundAnswer answer) {
        silent.asked(order.payment().accountId(), !(answer instanceof RefundAnswer.Unknown));
        return answer;
    }

    private static Seen seen(Seen seen) {
        return seen == null ? Seen.UNKNOWN : seen;
    }

    private Begun begin(String refundId, Predicate<Refund> wanted) {
        var refund = refunds.lock(refundId).orElseThrow();
        var now = clock.instant();
        if (refund.status() == RefundStatus.PENDING_APPROVAL && wanted.test(refund)) {
            control.due(refund, now);
            return new Begun.Nothing();
        }
        if (refund.status() != RefundStatus.PENDING || !wanted.test(refund)) {
            return new Begun.Nothing();
        }
        var channel = channels.ability(refund.accountId(), RefundsPayments.class).orElse(null);
        if (channel == null) {
            log.error("{} waits: {} gives nothing back", refund.id(), refund.accountId());
            refund.postpone(now.plus(WITHOUT_CHANNEL));
            return new Begun.NoChannel();
        }
        var paid = balance.paidOrder(refund.orderNumber()).orElseThrow();
        var rules = channel.refundRules(paid.key().flow());
        var order = order(refund, paid);
        if (!refund.isWaiting()) {
            return new Begun.Query(channel, order, rules, refund.step(now));
        }
        var later = turns.take(refund, rules, now).orElse(null);
        if (later != null) {
            refund.postpone(later);
            return new Begun.Later(later);
        }
        return new Begun.Ask(channel, order, rules, refund.ask(now));
    }

    private RefundOrder order(Refund refund, PaidOrder paid) {
        return new RefundOrder(
                refund.refundNumber(),
                paid.key(),
                paid.channelReference(),
                paid.key().flow(),
                paid.charged(),
                new Money(
                        refunds.minorUnitsGivenBack(refund.orderNumber()),
                        paid.charged().currency()),
                refund.channelAmount(),
                refund.reasonForPayer(),
                paid.paidAt(),
                refund.createdAt());
    }

    /** The answer to having asked for the refund. */
    private Seen asked(String refundId, int step, RefundRules rules, RefundAnswer answer) {
        var refund = refunds.lock(refundId).orElseThrow();
        var now = clock.instant();
        turns.free(refund, rules, now);
        return switch (answer) {
            case RefundAnswer.Succeeded success -> succeeded(refund, success, now);
            case RefundAnswer.Failed(var code) -> {
                if (!refund.isAtStep(step)) {
                    yield Seen.SAME; // Something newer is known; a query will tell.
                }
                end.failed(refund, code, now);
                yield Seen.CHANGED;
            }
            case RefundAnswer.Accepted(var reference) -> accepted(refund, step, reference, now);
            case RefundAnswer.NeedsAPerson(var reference) ->
                    refund.isAtStep(step) && alarm.stuck(refund, reference, now)
                            ? Seen.CHANGED
                            : Seen.SAME;
            case RefundAnswer.NotNow(var code) -> {
                if (refund.isAtStep(step)) {
                    log.info("{} not now: {}", refund.id(), code);
                    refund.notNow(now);
                }
                yield Seen.SAME;
            }
            case RefundAnswer.NotFound _, RefundAnswer.Unknown _ -> unsure(refund, step, now);
        };
    }

    /** The answer to having asked what became of it. */
    private Seen queried(String refundId, int step, RefundRules rules, RefundAnswer answer) {
        var refund = refunds.lock(refundId).orElseThrow();
        var now = clock.instant();
        return switch (answer) {
            case RefundAnswer.Succeeded success -> succeeded(refund, success, now);
            case RefundAnswer.Failed(var code) -> {
                if (refund.status() != RefundStatus.PENDING) {
                    yield Seen.SAME;
                }
                end.failed(refund, code, now);
                yield Seen.CHANGED;
            }
            case RefundAnswer.Accepted(var reference) -> accepted(refund, step, reference, now);
            case RefundAnswer.NeedsAPerson(var reference) ->
                    refund.isAtStep(step) && alarm.stuck(refund, reference, now)
                            ? Seen.CHANGED
                            : Seen.SAME;
            case RefundAnswer.NotFound _ -> {
                if (refund.isAtStep(step)) {
                    notFound(refund, rules, now);
                    yield Seen.CHANGED;
                }
                yield Seen.SAME;
            }
            case RefundAnswer.NotNow _, RefundAnswer.Unknown _ -> unsure(refund, step, now);
        };
    }

    private Seen succeeded(Refund refund, RefundAnswer.Succeeded success, Instant now) {
        if (refund.status() != RefundStatus.PENDING) {
            if (refund.status() == RefundStatus.FAILED) {
                log.error("{} has failed, and its channel now says it succeeded", refund.id());
            }
            return Seen.SAME;
        }
        end.succeeded(refund, success, now);
        return Seen.CHANGED;
    }

    private static Seen accepted(Refund refund, int step, @Nullable String reference, Instant now) {
        return refund.isAtStep(step) && refund.accepted(reference, now) ? Seen.CHANGED : Seen.SAME;
    }

    private static Seen unsure(Refund refund, int step, Instant now) {
        if (refund.isAtStep(step)) {
            refund.unsure(now);
        }
        return Seen.UNKNOWN;
    }

    private static void notFound(Refund refund, RefundRules rules, Instant now) {
        if (rules.repeatable()) {
            refund.askAgain(now);
        } else if (refund.submission() == Submission.ACCEPTED) {
            log.warn("{} was accepted, and its channel does not know it now", refund.id());
            refund.queryLater(now);
        } else if (refund.hasSettled(now)) {
            refund.askAgain(now);
        } else {
            refund.postpone(refund.settlesAt(now));
        }
    }

    private sealed interface Begun {

        /** There is nothing to do about it now. */
        record Nothing() implements Begun {}

        /** Its turn has not come. */
        record Later(Instant until) implements Begun {}

        /** Nobody can be asked. */
        record NoChannel() implements Begun {}

        record Ask(RefundsPayments channel, RefundOrder order, RefundRules rules, int step)
                implements Begun {}

        record Query(RefundsPayments channel, RefundOrder order, RefundRules rules, int step)
                implements Begun {}
    }
}

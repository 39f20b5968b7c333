package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ApplyReturnedMoney;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes;
import io.ferrypay.paymentchannel.channel.ClosesPayments;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import io.ferrypay.paymentchannel.channel.ReversesCharges;
import io.ferrypay.paymentchannel.channel.ReversesCharges.ReverseAnswer;
import io.ferrypay.paymentchannel.channel.SilentAccounts;
import io.ferrypay.paymentchannel.payment.EndPayment.Ending;
import io.ferrypay.paymentchannel.payment.Reversals.Standing;
import java.time.Clock;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Asks a channel about one order and applies the answer. Never inside a transaction. */
@Component
class AskChannel {

    private final Channels channels;
    private final ApplyChannelReport reports;
    private final ApplyReturnedMoney returnedMoney;
    private final SilentAccounts silent;
    private final Reversals reversals;
    private final Clock clock;

    AskChannel(
            Channels channels,
            ApplyChannelReport reports,
            ApplyReturnedMoney returnedMoney,
            Reversals reversals,
            Clock clock) {
        this.channels = channels;
        this.reports = reports;
        this.returnedMoney = returnedMoney;
        this.reversals = reversals;
        this.clock = clock;
        this.silent = new SilentAccounts(clock);
    }

    /** Accounts that have not answered lately: whoever has many to ask about asks others first. */
    Set<String> resting() {
        return silent.resting();
    }

    /** What the channel says became of the order, already applied. */
    Answer query(OrderKey order) {
        var channel = channels.ability(order.accountId(), QueriesPayments.class).orElse(null);
        if (channel == null) {
            return Answer.UNKNOWN;
        }
        return heard(order, channel.query(order));
    }

    private Answer heard(OrderKey order, ChannelReport report) {
        if (report.outcome() instanceof ChannelOutcome.Unknown(_, var answered)) {
            silent.asked(order.accountId(), answered);
            return answered ? Answer.UNPROVEN : Answer.UNKNOWN;
        }
        silent.asked(order.accountId(), true);
        return switch (reports.apply(report)) {
            case ApplyChannelReport.Result.Applied _ ->
                    report.outcome() instanceof ChannelOutcome.NeverSeen
                            ? Answer.NOT_PAYABLE
                            : meaning(report.outcome());
            case ApplyChannelReport.Result.AlreadyApplied _ -> meaning(report.outcome());
            case ApplyChannelReport.Result.Refused _ -> Answer.UNKNOWN;
            case ApplyChannelReport.Result.UnknownOrder _ -> Answer.UNKNOWN;
        };
    }

    private static Answer meaning(ChannelOutcome outcome) {
        return switch (outcome) {
            case ChannelOutcome.Succeeded _ -> Answer.PAID;
            case ChannelOutcome.Pending _, ChannelOutcome.NeverSeen _ -> Answer.STILL_PAYABLE;
            case ChannelOutcome.Declined _, ChannelOutcome.Closed _ -> Answer.NOT_PAYABLE;
            case ChannelOutcome.Unknown _ -> Answer.UNKNOWN;
        };
    }

    /**
     * Makes sure that nobody can pay the order any more: query, close, and query once more, because
     * a payer may have been quicker than the close. What was begun by a pay code is taken back.
     *
     * @param ending what becomes of a payment whose charge is taken back
     */
    Answer queryAndClose(OrderKey order, Ending ending) {
        return order.flow() == Flow.PAY_CODE
                ? queryAndReverse(order, ending)
                : queryAndClose(order);
    }

    /**
     * Money that is proven before we decide to take the charge back wins; afterwards it goes back.
     * A channel that does not answer is a reason to decide, too: that is what reversing is for.
     */
    private Answer queryAndReverse(OrderKey order, Ending ending) {
        if (query(order) == Answer.NOT_PAYABLE) {
            return Answer.NOT_PAYABLE;
        }
        var standing = reversals.decide(order, ending);
        if (standing != Standing.REVERSING) {
            return answer(standing);
        }
        var channel = channels.ability(order.accountId(), ReversesCharges.class).orElse(null);
        if (channel == null || isTooEarly(order) || isTooLate(order, channel)) {
            return Answer.UNKNOWN; // It is decided, and the clock goes on with it.
        }
        return switch (channel.reverse(order)) {
            case ReverseAnswer.AskAgain _, ReverseAnswer.Unknown _ -> Answer.UNKNOWN;
            // Whichever it was, what can be paid or has been paid is for the query to say.
            case ReverseAnswer.Refused _ -> {
                query(order);
                yield answer(reversals.standing(order));
            }
            case ReverseAnswer.Reversed _ -> {
                channels.ability(order.accountId(), QueriesPayments.class)
                        .ifPresent(asked -> heard(order, afterReverse(asked.query(order))));
                yield answer(reversals.standing(order));
            }
        };
    }

    /**
     * A company that has just taken a charge back may call it refunded instead of closed. By itself
     * that could be a part of it; after the reverse's own yes it is all.
     */
    private static ChannelReport afterReverse(ChannelReport report) {
        return report.outcome() instanceof ChannelOutcome.Succeeded success && success.hasGoneBack()
                ? report.with(new ChannelOutcome.Closed())
                : report;
    }

    private boolean isTooEarly(OrderKey order) {
        return channels.ability(order.accountId(), ChargesPayCodes.class)
                .map(channel -> order.createdAt().plus(channel.chargeRules().reverseNotBefore()))
                .filter(clock.instant()::isBefore)
                .isPresent();
    }

    /** A reverse that is under way when its time ends could give back what is believed by then. */
    private boolean isTooLate(OrderKey order, ReversesCharges channel) {
        return !clock.instant()
                .isBefore(channel.reversibleUntil(order).minus(Reversals.AROUND_THE_END));
    }

    private static Answer answer(Standing standing) {
        return switch (standing) {
            case PAID -> Answer.PAID;
            case OVER -> Answer.NOT_PAYABLE;
            case REVERSING -> Answer.UNKNOWN;
        };
    }

    private Answer queryAndClose(OrderKey order) {
        var answer = query(order);
        if (answer != Answer.STILL_PAYABLE) {
            return answer;
        }
        var channel = channels.ability(order.accountId(), ClosesPayments.class).orElse(null);
        if (channel == null) {
            return Answer.CANNOT_CLOSE;
        }
        return switch (channel.close(order)) {
            case CloseAnswer.NotPossible _ -> Answer.CANNOT_CLOSE;
            case CloseAnswer.Closed _, CloseAnswer.AlreadyPaid _ -> query(order);
            case CloseAnswer.GivenBack(var paid, var refundNumber) ->
                    switch (returnedMoney.apply(paid, refundNumber)) {
                        case ApplyChannelReport.Result.Applied _,
                                ApplyChannelReport.Result.AlreadyApplied _ ->
                                Answer.PAID;
                        case ApplyChannelReport.Result.Refused _,
                                ApplyChannelReport.Result.UnknownOrder _ ->
                                Answer.UNKNOWN;
                    };
            case CloseAnswer.Refused _ -> Answer.STILL_PAYABLE;
            case CloseAnswer.Unknown _ -> {
                silent.asked(order.accountId(), false);
                yield Answer.UNKNOWN;
            }
        };
    }

    /** Where an order stands at its channel. */
    enum Answer {
        PAID,
        NOT_PAYABLE,
        STILL_PAYABLE,
        /** Payable still, and the channel knows no way to close it. */
        CANNOT_CLOSE,
        /** The channel answered, but with nothing that it vouches for. */
        UNPROVEN,
        UNKNOWN
    }
}

package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ApplyReturnedMoney;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.ClosesPayments;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import io.ferrypay.paymentchannel.channel.SilentAccounts;
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

    AskChannel(
            Channels channels,
            ApplyChannelReport reports,
            ApplyReturnedMoney returnedMoney,
            Clock clock) {
        this.channels = channels;
        this.reports = reports;
        this.returnedMoney = returnedMoney;
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
        var report = channel.query(order);
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
     * a payer may have been quicker than the close.
     */
    Answer queryAndClose(OrderKey order) {
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

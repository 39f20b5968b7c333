package io.ferrypay.paymentchannel.channel.notification;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport.Result;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport;
import io.micrometer.core.instrument.Metrics;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes one notification to its end: claimed, applied, durable. Claim and application are one
 * transaction, so a crash between them leaves neither, and the channel comes again.
 */
public final class NotificationInbox {

    private static final Logger log = LoggerFactory.getLogger(NotificationInbox.class);

    private final ApplyChannelReport payments;
    private final ApplyRefundReport refunds;
    private final NotificationLog notifications;
    private final TransactionTemplate transaction;
    private final RefusalQuota quota;

    NotificationInbox(
            ApplyChannelReport payments,
            ApplyRefundReport refunds,
            NotificationLog notifications,
            TransactionTemplate transaction,
            RefusalQuota quota) {
        this.payments = payments;
        this.refunds = refunds;
        this.notifications = notifications;
        this.transaction = transaction;
        this.quota = quota;
    }

    /** What became of it; all of them are durable. What the channel is told is the adapter's. */
    public sealed interface Answer {

        /** It counts, and has been applied. */
        record Accepted() implements Answer {}

        /** It had been accepted before: tell the channel what it was told then. */
        record AcceptedBefore() implements Answer {}

        /** The adapter's own reason, see {@link Reading.Refused}. */
        record Refused(String reason) implements Answer {}

        /** Genuine, but it does not fit what we know; kept for a person to look at. */
        record Mismatch(String detail) implements Answer {}

        /** Perhaps our own order is not committed yet: let the channel come again. */
        record UnknownOrder() implements Answer {}
    }

    /** Throws when our own store fails; nothing has happened then. */
    public Answer take(ReceivedNotification received, Reading reading) {
        var answer =
                switch (reading) {
                    case Reading.OfPayment(var id, var report) ->
                            apply(
                                    received,
                                    id,
                                    report.orderNumber(),
                                    payments::hold,
                                    () -> payments.apply(report));
                    case Reading.OfRefund(var id, var report) ->
                            apply(
                                    received,
                                    id,
                                    report.refundNumber(),
                                    refunds::hold,
                                    () -> refunds.apply(report));
                    case Reading.Refused refused -> keep(received, refused);
                };
        count(received, answer);
        return answer;
    }

    private Answer apply(
            ReceivedNotification received,
            String id,
            String number,
            Consumer<String> hold,
            Supplier<Result> application) {
        return transaction.execute(_ -> {
            notifications.hurry();
            hold.accept(number);
            if (!notifications.claim(received, id, number)) {
                return new Answer.AcceptedBefore();
            }
            return switch (application.get()) {
                case Result.Applied _, Result.AlreadyApplied _ -> new Answer.Accepted();
                case Result.Refused(var reason) -> {
                    refuse(received, id, number, reason);
                    yield new Answer.Mismatch(reason);
                }
                case Result.UnknownOrder _ -> {
                    refuse(received, id, number, "unknown_order");
                    yield new Answer.UnknownOrder();
                }
            };
        });
    }

    private void refuse(ReceivedNotification received, String id, String number, String reason) {
        notifications.refuseClaim(received, id, reason);
        log.warn(
                "{} notification {} for {} on account {} refused: {}",
                received.channel().wireName(),
                id,
                number,
                received.accountId(),
                reason);
    }

    private Answer keep(ReceivedNotification received, Reading.Refused refused) {
        // What the channel signed is always kept; what anybody can send us only up to a quota.
        if (refused.verified() || quota.take()) {
            log.warn(
                    "{} notification for account {} refused: {} ({})",
                    received.channel().wireName(),
                    received.accountId(),
                    refused.reason(),
                    refused.verified() ? "signed by the channel" : "origin not proven");
            notifications.keepRefused(
                    received,
                    refused.reason(),
                    refused.verified(),
                    refused.notificationId(),
                    refused.orderNumber());
        }
        return new Answer.Refused(refused.reason());
    }

    private static void count(ReceivedNotification received, Answer answer) {
        var verdict =
                switch (answer) {
                    case Answer.Accepted _ -> "accepted";
                    case Answer.AcceptedBefore _ -> "repeated";
                    case Answer.Refused(var reason) -> reason;
                    case Answer.Mismatch _ -> "mismatch";
                    case Answer.UnknownOrder _ -> "unknown_order";
                };
        Metrics.counter(
                        "ferry.channel.notifications",
                        "channel",
                        received.channel().wireName(),
                        "verdict",
                        verdict)
                .increment();
    }
}

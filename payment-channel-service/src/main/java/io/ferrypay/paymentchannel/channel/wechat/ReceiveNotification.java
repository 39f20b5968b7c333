package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.wechat.NotificationReader.Reading;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes one notification to its end: read, claimed, applied, durable. Claim and application are one
 * transaction, so a crash between them leaves neither, and WeChat comes again.
 */
final class ReceiveNotification {

    private static final Logger log = LoggerFactory.getLogger(ReceiveNotification.class);

    private final WechatAccounts accounts;
    private final ApplyChannelReport reports;
    private final NotificationLog notifications;
    private final TransactionTemplate transaction;
    private final RefusalQuota quota;
    private final Clock clock;

    ReceiveNotification(
            WechatAccounts accounts,
            ApplyChannelReport reports,
            NotificationLog notifications,
            TransactionTemplate transaction,
            RefusalQuota quota,
            Clock clock) {
        this.accounts = accounts;
        this.reports = reports;
        this.notifications = notifications;
        this.transaction = transaction;
        this.quota = quota;
        this.clock = clock;
    }

    /** What to tell WeChat. Only the first two mean success, and both are durable. */
    sealed interface Answer {

        record Accepted() implements Answer {}

        record AcceptedBefore() implements Answer {}

        record Refused(NotificationRefusal reason) implements Answer {}

        record NoSuchAccount() implements Answer {}
    }

    /** Throws when our own store fails; nothing has happened then. */
    Answer receive(String accountId, NotificationHeaders headers, byte[] body) {
        var account = accounts.find(accountId).orElse(null);
        if (account == null) {
            return new Answer.NoSuchAccount();
        }
        var received = new ReceivedNotification(accountId, clock.instant(), headers, body);
        var answer =
                switch (account.notifications().read(headers, body)) {
                    case Reading.Genuine genuine -> apply(received, genuine);
                    case Reading.Refused refused -> keep(received, refused);
                };
        count(answer);
        return answer;
    }

    /** A body beyond the limit: refused unread, its beginning kept. */
    Answer receiveTooLarge(String accountId, NotificationHeaders headers, byte[] beginning) {
        if (accounts.find(accountId).isEmpty()) {
            return new Answer.NoSuchAccount();
        }
        var received = new ReceivedNotification(accountId, clock.instant(), headers, beginning);
        var answer =
                keep(
                        received,
                        new Reading.Refused(NotificationRefusal.TOO_LARGE, false, null, null));
        count(answer);
        return answer;
    }

    private Answer apply(ReceivedNotification received, Reading.Genuine genuine) {
        var id = genuine.notificationId();
        var order = genuine.report().orderNumber();
        return transaction.execute(_ -> {
            if (!notifications.claim(received, id, order)) {
                return new Answer.AcceptedBefore();
            }
            return switch (reports.apply(genuine.report())) {
                case ApplyChannelReport.Result.Applied _,
                        ApplyChannelReport.Result.AlreadyApplied _ ->
                        new Answer.Accepted();
                case ApplyChannelReport.Result.Refused(var reason) ->
                        refuse(received, id, order, NotificationRefusal.MISMATCH, reason);
                case ApplyChannelReport.Result.UnknownOrder _ ->
                        refuse(received, id, order, NotificationRefusal.UNKNOWN_ORDER, null);
            };
        });
    }

    private Answer refuse(
            ReceivedNotification received,
            String notificationId,
            String order,
            NotificationRefusal refusal,
            @Nullable String detail) {
        var reason = detail == null ? refusal.code() : detail;
        notifications.refuseClaim(received, notificationId, reason);
        log.warn(
                "WeChat Pay notification {} for order {} on account {} refused: {}",
                notificationId,
                order,
                received.account(),
                reason);
        return new Answer.Refused(refusal);
    }

    private Answer keep(ReceivedNotification received, Reading.Refused refused) {
        // What WeChat signed is always kept; what anybody can send us only up to a quota.
        if (refused.verified() || quota.take()) {
            log.warn(
                    "Notification for WeChat Pay account {} refused: {} ({})",
                    received.account(),
                    refused.reason().code(),
                    refused.verified() ? "signed by WeChat" : "origin not proven");
            notifications.keepRefused(
                    received,
                    refused.reason().code(),
                    refused.verified(),
                    refused.notificationId(),
                    refused.orderNumber());
        }
        return new Answer.Refused(refused.reason());
    }

    private static void count(Answer answer) {
        var verdict =
                switch (answer) {
                    case Answer.Accepted _ -> "accepted";
                    case Answer.AcceptedBefore _ -> "repeated";
                    case Answer.Refused(var reason) -> reason.code();
                    case Answer.NoSuchAccount _ -> "no_such_account";
                };
        Metrics.counter("ferry.channel.notifications", "channel", "wechat", "verdict", verdict)
                .increment();
    }
}

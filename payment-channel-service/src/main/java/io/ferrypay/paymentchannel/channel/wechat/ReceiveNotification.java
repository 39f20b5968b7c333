package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.notification.NotificationInbox;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import io.ferrypay.paymentchannel.channel.notification.ReceivedNotification;
import java.time.Clock;

/** Takes one of WeChat's notifications to its end, and says what WeChat is to be told. */
final class ReceiveNotification {

    private final WechatAccounts accounts;
    private final NotificationInbox inbox;
    private final Clock clock;

    ReceiveNotification(WechatAccounts accounts, NotificationInbox inbox, Clock clock) {
        this.accounts = accounts;
        this.inbox = inbox;
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
        return take(accountId, headers, body, account.notifications().read(headers, body));
    }

    /** A body beyond the limit: refused unread, its beginning kept. */
    Answer receiveTooLarge(String accountId, NotificationHeaders headers, byte[] beginning) {
        if (accounts.find(accountId).isEmpty()) {
            return new Answer.NoSuchAccount();
        }
        return take(accountId, headers, beginning, NotificationRefusal.TOO_LARGE.unproven());
    }

    private Answer take(
            String accountId, NotificationHeaders headers, byte[] body, Reading reading) {
        var received =
                new ReceivedNotification(
                        ChannelCode.WECHAT,
                        accountId,
                        clock.instant(),
                        headers.serial(),
                        headers.asText(),
                        body);
        return switch (inbox.take(received, reading)) {
            case NotificationInbox.Answer.Accepted _ -> new Answer.Accepted();
            case NotificationInbox.Answer.AcceptedBefore _ -> new Answer.AcceptedBefore();
            case NotificationInbox.Answer.Refused(var reason) ->
                    new Answer.Refused(NotificationRefusal.ofCode(reason));
            case NotificationInbox.Answer.Mismatch _ ->
                    new Answer.Refused(NotificationRefusal.MISMATCH);
            case NotificationInbox.Answer.UnknownOrder _ ->
                    new Answer.Refused(NotificationRefusal.UNKNOWN_ORDER);
        };
    }
}

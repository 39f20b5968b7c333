package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.notification.NotificationInbox;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import io.ferrypay.paymentchannel.channel.notification.ReceivedNotification;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes one of Alipay's notifications to its end, and says what Alipay is to be told. */
final class ReceiveAlipayNotification {

    private final AlipayAccounts accounts;
    private final NotificationInbox inbox;
    private final Clock clock;

    ReceiveAlipayNotification(AlipayAccounts accounts, NotificationInbox inbox, Clock clock) {
        this.accounts = accounts;
        this.inbox = inbox;
        this.clock = clock;
    }

    /** What to tell Alipay. Only the first means success, and it is durable. */
    sealed interface Answer {

        record Success() implements Answer {}

        record Refused(NotificationRefusal reason) implements Answer {}

        record NoSuchAccount() implements Answer {}
    }

    /**
     * Throws when our own store fails; nothing has happened then.
     *
     * @param body all of it, or null when it is beyond the limit
     */
    Answer receive(String accountId, @Nullable String subMerchantId, byte @Nullable [] body) {
        var account = accounts.find(accountId).orElse(null);
        if (account == null) {
            return new Answer.NoSuchAccount();
        }
        if (body == null) {
            return take(accountId, null, NotificationRefusal.TOO_LARGE.unproven());
        }
        Map<String, String> fields;
        try {
            fields = AlipayForm.decode(body, account.settings().encoding());
        } catch (AlipayForm.Unreadable _) {
            fields = null;
        }
        return take(accountId, fields, account.messages().read(subMerchantId, fields));
    }

    private Answer take(String accountId, @Nullable Map<String, String> fields, Reading reading) {
        var received =
                new ReceivedNotification(
                        ChannelCode.ALIPAY,
                        accountId,
                        clock.instant(),
                        null,
                        "",
                        kept(fields).getBytes(StandardCharsets.UTF_8));
        return switch (inbox.take(received, reading)) {
            case NotificationInbox.Answer.Accepted _, NotificationInbox.Answer.AcceptedBefore _ ->
                    new Answer.Success();
            case NotificationInbox.Answer.Refused(var reason) ->
                    new Answer.Refused(NotificationRefusal.ofCode(reason));
            case NotificationInbox.Answer.Mismatch _ ->
                    new Answer.Refused(NotificationRefusal.MISMATCH);
            case NotificationInbox.Answer.UnknownOrder _ ->
                    new Answer.Refused(NotificationRefusal.UNKNOWN_ORDER);
        };
    }

    /** Without the payer's login and name, which stand in clear in what Alipay posts. */
    private static String kept(@Nullable Map<String, String> fields) {
        return fields == null
                ? ""
                : AlipayTrade.impersonal(fields).entrySet().stream()
                        .map(field -> field.getKey() + "=" + field.getValue())
                        .collect(Collectors.joining("\n"));
    }
}

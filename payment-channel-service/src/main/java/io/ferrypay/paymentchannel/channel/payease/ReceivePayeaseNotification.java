package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.OrderBook;
import io.ferrypay.paymentchannel.channel.notification.NotificationInbox;
import io.ferrypay.paymentchannel.channel.notification.Reading;
import io.ferrypay.paymentchannel.channel.notification.ReceivedNotification;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Takes one of Payease's notifications to its end, order by order. Payease is told {@code sent} as
 * soon as every order in it is either applied or kept for a person to look at: one strange order
 * must not bring nine good ones back for ever.
 */
final class ReceivePayeaseNotification {

    private static final int QUERIES_AT_ONCE = 8;

    private final PayeaseAccounts accounts;
    private final OrderBook orders;
    private final NotificationInbox inbox;
    private final Duration confirmWithin;
    private final Clock clock;

    ReceivePayeaseNotification(
            PayeaseAccounts accounts,
            OrderBook orders,
            NotificationInbox inbox,
            Duration confirmWithin,
            Clock clock) {
        this.accounts = accounts;
        this.orders = orders;
        this.inbox = inbox;
        this.confirmWithin = confirmWithin;
        this.clock = clock;
    }

    /** What to tell Payease. */
    enum Answer {
        /** All of it is durable. */
        SENT,
        /** Come again, or stay away. */
        ERROR,
        NO_SUCH_ACCOUNT
    }

    /** Throws when our own store fails; what was applied before that is not applied again. */
    Answer receive(String accountId, byte[] raw) {
        var account = accounts.find(accountId).orElse(null);
        if (account == null) {
            return Answer.NO_SUCH_ACCOUNT;
        }
        var received = received(accountId, raw);
        return switch (Notification.read(account, raw)) {
            case Notification.Refused(var why, var signed) -> {
                inbox.take(received, signed ? why.proven(null, null) : why.unproven());
                yield Answer.ERROR;
            }
            case Notification.About(var states) -> {
                var all = Answer.SENT;
                for (var reading : readings(account, states)) {
                    if (!isSettled(inbox.take(received, reading))) {
                        all = Answer.ERROR;
                    }
                }
                yield all;
            }
        };
    }

    /** A body beyond the limit: refused unread, its beginning kept. */
    Answer receiveTooLarge(String accountId, byte[] beginning) {
        if (accounts.find(accountId).isEmpty()) {
            return Answer.NO_SUCH_ACCOUNT;
        }
        inbox.take(received(accountId, beginning), Refusal.TOO_LARGE.unproven());
        return Answer.ERROR;
    }

    private ReceivedNotification received(String accountId, byte[] raw) {
        return new ReceivedNotification(
                ChannelCode.PAYEASE, accountId, clock.instant(), null, "", raw);
    }

    private static boolean isSettled(NotificationInbox.Answer answer) {
        return switch (answer) {
            case NotificationInbox.Answer.Accepted _, NotificationInbox.Answer.AcceptedBefore _ ->
                    true;
            case NotificationInbox.Answer.Mismatch _, NotificationInbox.Answer.UnknownOrder _ ->
                    true; // Kept for a person; repeating it would change nothing.
            case NotificationInbox.Answer.Refused(var reason) -> !Refusal.ofCode(reason).mayPass();
        };
    }

    private List<Reading> readings(PayeaseAccount account, List<OrderState> states) {
        var confirm = new ConfirmByQuery(account, confirmWithin);
        try (var threads =
                Executors.newFixedThreadPool(
                        Math.min(states.size(), QUERIES_AT_ONCE),
                        Thread.ofVirtual().name("payease-confirm-", 0).factory())) {
            var work = new ArrayList<Callable<Reading>>();
            for (var state : states) {
                work.add(() -> reading(account, state, confirm));
            }
            var readings = new ArrayList<Reading>();
            for (var reading : threads.invokeAll(work)) {
                readings.add(reading.get());
            }
            return readings;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Reading reading(PayeaseAccount account, OrderState state, ConfirmByQuery confirm) {
        var id = id(state);
        var number = OrderNumber.parse(state.oid());
        if (number == null) {
            return Refusal.FOREIGN_ORDER.proven(id, state.oid());
        }
        var ours = number.ours();
        if (!number.merchantNumber().equals(account.settings().merchantNumber())) {
            return Refusal.WRONG_MERCHANT.proven(id, ours);
        }
        if (!state.isPaid() && !state.status().equals(OrderState.FAILED)) {
            return Refusal.UNEXPECTED_STATE.proven(id, ours);
        }
        var charged = Yuan.charged(state.amount(), state.moneyType());
        if (charged == null) {
            return Refusal.UNREADABLE_AMOUNT.proven(id, ours);
        }
        var key = orders.find(account.settings().id(), ours).orElse(null);
        if (key == null) {
            return report(account, state, ours, "", id); // The core says that it knows none.
        }
        if (!OrderNumber.of(account.settings(), key).equals(number)) {
            return Refusal.FOREIGN_ORDER.proven(id, ours);
        }
        // An amount that is not ours is refused by the core; no query could make it right.
        if (state.isPaid()
                && charged.amountMinor() == key.amount().minorUnits()
                && charged.currency().equals(key.amount().currency().code())) {
            switch (confirm.confirm(state)) {
                case CONFIRMED -> {}
                case DIFFERS -> {
                    return Refusal.DIFFERS_FROM_QUERY.proven(id, ours);
                }
                case DENIED -> {
                    return Refusal.NOT_CONFIRMED.proven(id, ours);
                }
                case NO_ANSWER -> {
                    if (!account.settings().creditUnconfirmed()) {
                        return Refusal.UNCONFIRMED.proven(id, ours);
                    }
                }
            }
        }
        return report(account, state, ours, key.subMerchantId(), id);
    }

    /** Payease names no shop: the merchant number has been checked, the shop is our order's. */
    private Reading report(
            PayeaseAccount account, OrderState state, String ours, String shop, String id) {
        return new Reading.OfPayment(
                id,
                new ChannelReport(
                        account.settings().id(),
                        ours,
                        shop,
                        state.outcome(clock.instant()),
                        ChannelReport.Source.NOTIFICATION,
                        id,
                        state.asEvidence()));
    }

    /** Made from all it says, because Payease numbers no notifications and batches them anew. */
    private static String id(OrderState state) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(state.asEvidence().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

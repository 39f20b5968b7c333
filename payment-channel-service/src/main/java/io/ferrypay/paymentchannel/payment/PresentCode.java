package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.PresentsQr;
import io.ferrypay.paymentchannel.channel.PresentsQr.QrAnswer;
import io.ferrypay.paymentchannel.merchant.Merchants;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gets a shopper a code to scan. A code that still works is given again; a new one gets an order
 * number of its own, stored before the channel hears of it, so that whatever it says later finds
 * its payment.
 */
@Service
public class PresentCode {

    private final OpenPaymentPage pages;
    private final Payments payments;
    private final Attempts attempts;
    private final Merchants merchants;
    private final Channels channels;
    private final PaymentEvents events;
    private final AskChannel ask;
    private final PaymentSettings settings;
    private final TransactionOperations transactions;
    private final Clock clock;

    PresentCode(
            OpenPaymentPage pages,
            Payments payments,
            Attempts attempts,
            Merchants merchants,
            Channels channels,
            PaymentEvents events,
            AskChannel ask,
            PaymentSettings settings,
            TransactionOperations transactions,
            Clock clock) {
        this.pages = pages;
        this.payments = payments;
        this.attempts = attempts;
        this.merchants = merchants;
        this.channels = channels;
        this.events = events;
        this.ask = ask;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Safe to repeat: while a code works, the same one is presented. */
    public Result present(String nonce, ChannelCode method) {
        var id = pages.find(nonce).map(Payment::id).orElse(null);
        if (id == null) {
            return new Result.NoSuchLink();
        }
        var begun = transactions.execute(_ -> begin(id, method));
        return switch (begun) {
            case null -> throw new IllegalStateException("a transaction without a result");
            case Begun.Nothing _ -> new Result.Presented();
            case Begun.NotAvailable _ -> new Result.NotAvailable();
            case Begun.Order(var order, var replaced) -> {
                for (var old : replaced) {
                    if (ask.queryAndClose(old) == AskChannel.Answer.PAID) {
                        yield new Result
                                .Presented(); // The old code was quicker: offer no second one.
                    }
                }
                yield place(id, order);
            }
        };
    }

    private Begun begin(String paymentId, ChannelCode method) {
        var payment = payments.lock(paymentId).orElseThrow();
        var now = clock.instant();
        if (!payment.isPayable(now)) {
            return new Begun.Nothing(); // The page shows how it ended.
        }
        var all = attempts.findByPaymentIdOrderBySequence(paymentId);
        var offered = all.stream().filter(attempt -> attempt.status().isOffered()).findFirst();
        if (offered.isPresent() && offered.get().channel() == method) {
            if (offered.get().isPresentable(now)) {
                return new Begun.Nothing();
            }
            if (offered.get().status() == AttemptStatus.OPENING) {
                // An earlier call was lost on the way; the same number cannot be charged twice.
                return new Begun.Order(offered.get().order(payment.productName()), List.of());
            }
        }
        return beginAnother(payment, method, offered, all.size() + 1);
    }

    private Begun beginAnother(
            Payment payment, ChannelCode method, Optional<Attempt> offered, int sequence) {
        // A repeated order must be equal to the first one, so it must survive its column.
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var mode = payment.livemode() ? Mode.LIVE : Mode.TEST;
        var account = channels.accountFor(method, mode).orElse(null);
        var payee =
                merchants
                        .find(payment.merchantId())
                        .flatMap(merchant -> merchant.at(method, mode))
                        .orElse(null);
        if (!payment.allows(method) || account == null || payee == null) {
            return new Begun.NotAvailable();
        }
        offered.ifPresent(attempt -> attempt.replace(now));
        payments.flush(); // Only one attempt may be on offer at a time.
        var attempt =
                attempts.save(
                        new Attempt(
                                PaymentIds.nextOrderNumber(settings.orderNumberPrefix(), now),
                                payment,
                                sequence,
                                account,
                                payee.subMerchantId(),
                                payee.categoryCode(),
                                now));
        return new Begun.Order(
                attempt.order(payment.productName()), offered.map(Attempt::key).stream().toList());
    }

    private Result place(String paymentId, ChannelOrder order) {
        var channel = channels.ability(order.key().accountId(), PresentsQr.class).orElse(null);
        if (channel == null) {
            return new Result.NotAvailable();
        }
        return switch (channel.presentQr(order)) {
            case QrAnswer.Ready ready -> show(paymentId, order.key(), ready);
            case QrAnswer.AlreadyPaid _ -> {
                ask.query(order.key());
                yield new Result.Presented();
            }
            case QrAnswer.Refused(var code) -> {
                transactions.executeWithoutResult(_ -> refused(paymentId, order.key(), code));
                yield new Result.ChannelRefused(code);
            }
            case QrAnswer.Unknown(var why) -> new Result.ChannelSilent(why);
        };
    }

    private Result show(String paymentId, OrderKey key, QrAnswer.Ready ready) {
        var shown = transactions.execute(_ -> offer(paymentId, key, ready));
        if (Boolean.TRUE.equals(shown)) {
            return new Result.Presented();
        }
        // The payment ended, or a newer code took over, while the channel was busy with this one.
        ask.queryAndClose(key);
        return new Result.Presented();
    }

    private boolean offer(String paymentId, OrderKey key, QrAnswer.Ready ready) {
        var payment = payments.lock(paymentId).orElseThrow();
        var attempt = attempts.findById(key.orderNumber()).orElseThrow();
        var now = clock.instant();
        if (attempt.status() == AttemptStatus.READY) {
            return true; // Two pages asked at the same time.
        }
        if (attempt.status().tookMoney()) {
            return true; // Paid before we knew that it could be.
        }
        if (attempt.status() != AttemptStatus.OPENING || !payment.isPayable(now)) {
            return false;
        }
        attempt.ready(ready.content(), ready.expiresAt(), now);
        var previous = payment.status();
        if (payment.offer(attempt.channel(), attempt.flow())) {
            payments.flush();
            events.moved(payment, previous);
        }
        return true;
    }

    private void refused(String paymentId, OrderKey key, String code) {
        var _ = payments.lock(paymentId).orElseThrow();
        var attempt = attempts.findById(key.orderNumber()).orElseThrow();
        if (attempt.status() == AttemptStatus.OPENING) {
            attempt.refuse(code, clock.instant());
        }
    }

    private sealed interface Begun {

        /** There is nothing to do: a code is shown, or none may be. */
        record Nothing() implements Begun {}

        record NotAvailable() implements Begun {}

        record Order(ChannelOrder order, List<OrderKey> replaced) implements Begun {}
    }

    /** What came of it; how the page looks now is for {@link OpenPaymentPage} to say. */
    public sealed interface Result {

        /** The page shows a code, or how the payment ended. */
        record Presented() implements Result {}

        record NoSuchLink() implements Result {}

        /** This payment cannot be paid that way. */
        record NotAvailable() implements Result {}

        /** The channel will not take the order. */
        record ChannelRefused(String code) implements Result {}

        /** The channel has not answered in a way we can use: asking again is safe. */
        record ChannelSilent(String why) implements Result {}
    }
}

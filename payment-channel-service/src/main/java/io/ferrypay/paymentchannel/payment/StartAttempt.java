package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.IdentifiesPayers;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.Payer;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.fx.ChargeRates;
import io.ferrypay.paymentchannel.fx.Quotes;
import io.ferrypay.paymentchannel.fx.YuanCharge;
import io.ferrypay.paymentchannel.merchant.Merchants;
import io.ferrypay.paymentchannel.payment.Attempt.Way;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gets a shopper a way to pay. One that still works is given again; a new one gets an order number
 * of its own, stored before the channel hears of it, so that whatever it says later finds its
 * payment.
 */
@Service
public class StartAttempt {

    /** More than a shopper who changes their mind needs, and few enough to be closed at once. */
    static final int MOST_ATTEMPTS = 20;

    private final OpenPaymentPage pages;
    private final Payments payments;
    private final Attempts attempts;
    private final Merchants merchants;
    private final Channels channels;
    private final ChannelHealth health;
    private final ChargeRates rates;
    private final Quotes quotes;
    private final PaymentEvents events;
    private final PaymentLinks links;
    private final AskChannel ask;
    private final PaymentSettings settings;
    private final TransactionOperations transactions;
    private final Clock clock;

    StartAttempt(
            OpenPaymentPage pages,
            Payments payments,
            Attempts attempts,
            Merchants merchants,
            Channels channels,
            ChannelHealth health,
            ChargeRates rates,
            Quotes quotes,
            PaymentEvents events,
            PaymentLinks links,
            AskChannel ask,
            PaymentSettings settings,
            TransactionOperations transactions,
            Clock clock) {
        this.pages = pages;
        this.payments = payments;
        this.attempts = attempts;
        this.merchants = merchants;
        this.channels = channels;
        this.health = health;
        this.rates = rates;
        this.quotes = quotes;
        this.events = events;
        this.links = links;
        this.ask = ask;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * How the shopper wants to pay.
     *
     * @param payer what is known of them; {@code walletUserId} only once the wallet has told it
     */
    public record Choice(PaymentMethod method, Flow flow, Payer payer) {}

    /** Safe to repeat: while an offer stands, the same one is given. */
    public Result start(String nonce, Choice choice) {
        return pages.find(nonce)
                .map(payment -> startOnPage(payment.id(), choice))
                .orElseGet(Result.NoSuchLink::new);
    }

    /**
     * As {@link #start}, for a caller that has just opened the page by its link.
     *
     * @param id the payment's
     */
    public Result startOnPage(String id, Choice choice) {
        var begun = transactions.execute(_ -> begin(id, choice));
        return switch (begun) {
            case null -> throw new IllegalStateException("a transaction without a result");
            case Begun.Nothing _ -> new Result.Offered(null);
            case Begun.NotAvailable _ -> new Result.NotAvailable();
            case Begun.Down _ -> new Result.ChannelDown();
            case Begun.TooMany _ -> new Result.TooManyAttempts();
            case Begun.IdentifyFirst(var accountId) -> new Result.IdentifyFirst(accountId);
            case Begun.Order(var order, var replaced) -> {
                for (var old : replaced) {
                    if (ask.queryAndClose(old, EndPayment.Ending.EXPIRED)
                            == AskChannel.Answer.PAID) {
                        yield new Result.Offered(null); // The old one was quicker: offer no second.
                    }
                }
                yield place(id, order);
            }
        };
    }

    private Begun begin(String paymentId, Choice choice) {
        var payment = payments.lock(paymentId).orElseThrow();
        var now = clock.instant();
        if (!payment.isPayable(now)) {
            return new Begun.Nothing(); // The page shows how it ended.
        }
        var all = attempts.findByPaymentIdOrderBySequence(paymentId);
        if (choice.flow() == Flow.PAY_CODE || all.stream().anyMatch(Attempt::isByPayCode)) {
            return new Begun.NotAvailable(); // What is paid at the till is not paid on a page.
        }
        var offered = all.stream().filter(attempt -> attempt.status().isOffered()).findFirst();
        var same =
                offered.filter(
                        attempt -> attempt.isFor(choice.method(), choice.flow(), choice.payer()));
        if (same.isPresent()) {
            var attempt = same.get();
            if (attempt.isPresentable(now) && attempt.view().offer() != null) {
                return new Begun.Nothing();
            }
            if (attempt.isPresentable(now) || attempt.status() == AttemptStatus.OPENING) {
                // A form that is not kept, or a call that was lost on the way: the same number
                // cannot
                // be charged twice.
                return new Begun.Order(order(payment, attempt, choice.payer()), List.of());
            }
        }
        if (all.size() >= MOST_ATTEMPTS) {
            return new Begun.TooMany();
        }
        return beginAnother(payment, choice, offered, all.size() + 1);
    }

    private Begun beginAnother(
            Payment payment, Choice choice, Optional<Attempt> offered, int sequence) {
        // A repeated order must be equal to the first one, so it must survive its column.
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var way = way(payment, choice);
        if (way == null) {
            return new Begun.NotAvailable();
        }
        var accountId = way.account().id();
        if (!health.of(accountId, choice.payer().bankCode()).available()) {
            return new Begun.Down();
        }
        if (choice.flow() == Flow.IN_WALLET
                && choice.payer().walletUserId() == null
                && channels.ability(accountId, IdentifiesPayers.class).isPresent()) {
            return new Begun.IdentifyFirst(accountId);
        }
        var charge = charge(payment, choice.method(), accountId).orElse(null);
        if (charge == null) {
            return new Begun.NotAvailable(); // No rate to charge by: better nothing than a guess.
        }
        offered.ifPresent(attempt -> attempt.replace(now));
        payments.flush(); // Only one attempt may be on offer at a time.
        var attempt =
                attempts.save(
                        new Attempt(
                                PaymentIds.nextOrderNumber(settings.orderNumberPrefix(), now),
                                payment,
                                sequence,
                                way,
                                charge,
                                choice.payer(),
                                now));
        return new Begun.Order(
                order(payment, attempt, choice.payer()),
                offered.map(Attempt::key).stream().toList());
    }

    private @Nullable Way way(Payment payment, Choice choice) {
        var mode = payment.livemode() ? Mode.LIVE : Mode.TEST;
        var account = channels.accountFor(choice.method(), mode).orElse(null);
        var registration =
                merchants
                        .find(payment.merchantId())
                        .flatMap(merchant -> merchant.at(choice.method(), mode))
                        .orElse(null);
        if (!payment.allows(choice.method()) || account == null || registration == null) {
            return null;
        }
        return channels.ability(account.id(), OffersPayments.class)
                .filter(channel -> channel.flows(account.id()).contains(choice.flow()))
                .map(_ -> new Way(account, registration, choice.flow()))
                .orElse(null);
    }

    private Optional<Charge> charge(Payment payment, PaymentMethod method, String accountId) {
        var amount = payment.amount();
        var asIs =
                amount.currency().code().equals("CNY")
                        || channels.ability(accountId, OffersPayments.class)
                                .filter(OffersPayments::takesMerchantCurrency)
                                .isPresent();
        if (asIs) {
            return Optional.of(new Charge(amount, null));
        }
        var promised =
                payment.hasQuote() ? quotes.promisedTo(payment.id()) : Optional.<YuanCharge>empty();
        return promised.or(() -> rates.inYuan(payment.merchantId(), Set.of(method), amount))
                .map(frozen -> new Charge(frozen.yuan(), frozen));
    }

    private ChannelOrder order(Payment payment, Attempt attempt, Payer payer) {
        return new ChannelOrder(
                attempt.key(),
                attempt.categoryCode(),
                merchants
                        .find(payment.merchantId())
                        .map(merchant -> merchant.displayName())
                        .orElse(payment.productName()),
                payment.productName(),
                attempt.expiresAt(),
                attempt.payer(payer),
                links.redirectUrl(links.nonce(payment.id(), payment.nonceGeneration())));
    }

    private Result place(String paymentId, ChannelOrder order) {
        var channel = channels.ability(order.key().accountId(), OffersPayments.class).orElse(null);
        if (channel == null) {
            return new Result.NotAvailable();
        }
        return switch (channel.offer(order)) {
            case OfferAnswer.Ready ready -> show(paymentId, order.key(), ready);
            case OfferAnswer.AlreadyPaid _ -> {
                ask.query(order.key());
                yield new Result.Offered(null);
            }
            case OfferAnswer.Refused(var code) -> {
                transactions.executeWithoutResult(_ -> refused(paymentId, order.key(), code));
                yield new Result.ChannelRefused(code);
            }
            case OfferAnswer.Unknown(var why) -> new Result.ChannelSilent(why);
        };
    }

    private Result show(String paymentId, OrderKey key, OfferAnswer.Ready ready) {
        var shown = transactions.execute(_ -> offer(paymentId, key, ready));
        if (Boolean.TRUE.equals(shown)) {
            return new Result.Offered(ready.offer());
        }
        // The payment ended, or a newer attempt took over, while the channel was busy with this
        // one.
        ask.queryAndClose(key, EndPayment.Ending.EXPIRED);
        return new Result.Offered(null);
    }

    private boolean offer(String paymentId, OrderKey key, OfferAnswer.Ready ready) {
        var payment = payments.lock(paymentId).orElseThrow();
        var attempt = attempts.findById(key.orderNumber()).orElseThrow();
        var now = clock.instant();
        if (attempt.status() == AttemptStatus.READY) {
            return true; // Two pages asked at the same time, or a form was made anew.
        }
        if (attempt.status().tookMoney()) {
            return true; // Paid before we knew that it could be.
        }
        if (attempt.status() != AttemptStatus.OPENING || !payment.isPayable(now)) {
            return false;
        }
        attempt.ready(ready.offer(), ready.expiresAt(), now);
        var previous = payment.status();
        if (payment.offer(attempt)) {
            payments.flush();
            events.moved(payment, previous);
        }
        return true;
    }

    private void refused(String paymentId, OrderKey key, String code) {
        var _ = payments.lock(paymentId).orElseThrow();
        attempts.findById(key.orderNumber())
                .filter(attempt -> attempt.status() == AttemptStatus.OPENING)
                .ifPresent(attempt -> attempt.refuse(code, clock.instant()));
    }

    private sealed interface Begun {

        /** There is nothing to ask a channel for. */
        record Nothing() implements Begun {}

        record NotAvailable() implements Begun {}

        record Down() implements Begun {}

        record TooMany() implements Begun {}

        record IdentifyFirst(String accountId) implements Begun {}

        /**
         * @param replaced to be closed first, so that nobody can pay both
         */
        record Order(ChannelOrder order, List<OrderKey> replaced) implements Begun {}
    }

    /** What came of it. */
    public sealed interface Result {

        /**
         * The payment's page has what there is to show.
         *
         * @param offer what was offered just now; where it is a form this is the only copy. Null
         *     when an earlier offer stands or the payment has ended
         */
        record Offered(@Nullable Offer offer) implements Result {}

        record NoSuchLink() implements Result {}

        /** This payment cannot be paid that way. */
        record NotAvailable() implements Result {}

        /** The channel, or the bank, is known not to work at the moment. */
        record ChannelDown() implements Result {}

        /** The shopper has changed their mind as often as a payment allows. */
        record TooManyAttempts() implements Result {}

        /** The wallet has to say first who its user is, towards that account. */
        record IdentifyFirst(String accountId) implements Result {}

        /** The channel will not take the order. */
        record ChannelRefused(String code) implements Result {}

        /** The channel has not answered in a way we can use: asking again is safe. */
        record ChannelSilent(String why) implements Result {}
    }
}

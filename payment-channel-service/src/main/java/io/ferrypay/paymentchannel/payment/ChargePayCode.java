package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.ChargeAnswer;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.PayCodeOrder;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.channel.Payer;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.channel.ReversesCharges;
import io.ferrypay.paymentchannel.merchant.Merchant;
import io.ferrypay.paymentchannel.merchant.Merchants;
import io.ferrypay.paymentchannel.payment.Attempt.Way;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Charges whoever shows a code at the till. The payment is made as any other, then its only order
 * is stored, and only then the wallet's company hears of it, once: whatever is not clear after that
 * is for the clock to find out, and to take back when the payer's time is over.
 */
@Service
public class ChargePayCode {

    /** Far less than any channel's {@code unheardAfter}. */
    private static final Duration STALE = Duration.ofSeconds(20);

    private final CreatePayment createPayment;
    private final KeptAnswers answers;
    private final Payments payments;
    private final Attempts attempts;
    private final PaymentEvents events;
    private final Merchants merchants;
    private final Channels channels;
    private final ChannelHealth health;
    private final ApplyChannelReport reports;
    private final PaymentSettings settings;
    private final TransactionOperations transactions;
    private final Clock clock;

    ChargePayCode(
            CreatePayment createPayment,
            KeptAnswers answers,
            Payments payments,
            Attempts attempts,
            PaymentEvents events,
            Merchants merchants,
            Channels channels,
            ChannelHealth health,
            ApplyChannelReport reports,
            PaymentSettings settings,
            TransactionOperations transactions,
            Clock clock) {
        this.createPayment = createPayment;
        this.answers = answers;
        this.payments = payments;
        this.attempts = attempts;
        this.events = events;
        this.merchants = merchants;
        this.channels = channels;
        this.health = health;
        this.reports = reports;
        this.settings = settings;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Safe to repeat under the same key: it is one payment and one charge, and the answer says
     * where it stands now.
     *
     * @param key the merchant's idempotency key
     * @param fingerprint SHA-256 of the request under that key
     */
    public Result charge(NewCharge wanted, String key, Sha256 fingerprint) {
        return charge(wanted, key, fingerprint, null, (_, _) -> {});
    }

    /**
     * As {@link #charge}, if the condition holds in the transaction that makes the payment, and
     * something else is written in it.
     *
     * @param besides is told the payment's id and whose code it is
     */
    public Result chargeWith(
            Condition condition,
            BiConsumer<String, PaymentMethod> besides,
            NewCharge wanted,
            String key,
            Sha256 fingerprint) {
        return charge(wanted, key, fingerprint, condition, besides);
    }

    private Result charge(
            NewCharge wanted,
            String key,
            Sha256 fingerprint,
            @Nullable Condition condition,
            BiConsumer<String, PaymentMethod> besides) {
        var wallet = wallet(wanted.code()).orElse(null);
        if (wallet == null) {
            return new Result.CodeNotRecognized();
        }
        var account = channels.accountFor(wallet, wanted.mode()).orElse(null);
        var channel = account == null ? null : chargeable(account, wanted.amount());
        if (account == null || channel == null) {
            return new Result.NotCreated(new CreatePayment.Result.MethodNotAvailable());
        }
        if (!health.ofCharges(account.id()).available() && isNew(wanted, key, fingerprint)) {
            return new Result.ChannelDown();
        }
        var payment = payment(wanted, wallet, channel.chargeRules().patience());
        var created =
                condition == null
                        ? createPayment.create(payment, key, fingerprint)
                        : createPayment.createWith(
                                condition,
                                paymentId -> besides.accept(paymentId, wallet),
                                payment,
                                key,
                                fingerprint);
        if (!(created instanceof CreatePayment.Result.Accepted(var id, _, var replayed))) {
            return new Result.NotCreated(created);
        }
        var begun = transactions.execute(_ -> begin(id, account, channel));
        if (begun != null && begun.isPresent()) {
            ask(channel, new PayCodeOrder(begun.get(), wanted.code()));
        }
        return new Result.Charged(payments.findById(id).orElseThrow().view(), wallet, replayed);
    }

    private Optional<PaymentMethod> wallet(PayCode code) {
        return channels.having(ChargesPayCodes.class).stream()
                .filter(channel -> channel.recognizes(code))
                .map(channel -> channel.code().method())
                .findFirst();
    }

    /** The channel, if it can charge that amount and take it back again. */
    private @Nullable ChargesPayCodes chargeable(ChannelAccount account, Money amount) {
        return channels.ability(account.id(), ChargesPayCodes.class)
                .filter(ReversesCharges.class::isInstance)
                .filter(channel ->
                        channel.takesMerchantCurrency() || amount.currency().code().equals("CNY"))
                .orElse(null);
    }

    private boolean isNew(NewCharge wanted, String key, Sha256 fingerprint) {
        return answers.find(
                        new KeptAnswers.Key(
                                wanted.merchantId(), wanted.mode().livemode(), key, fingerprint))
                .isEmpty();
    }

    private NewPayment payment(NewCharge wanted, PaymentMethod wallet, Duration patience) {
        return new NewPayment(
                wanted.merchantId(),
                wanted.mode(),
                wanted.merchantReference(),
                wanted.amount(),
                productName(wanted),
                wanted.description(),
                settings.publicUrl(), // There is no browser to go anywhere.
                null,
                wanted.notifyUrl(),
                patience,
                null,
                Set.of(wallet),
                null,
                null,
                null,
                null,
                wanted.metadata(),
                null,
                wanted.till());
    }

    private String productName(NewCharge wanted) {
        return wanted.productName() != null
                ? wanted.productName()
                : merchants
                        .find(wanted.merchantId())
                        .map(Merchant::displayName)
                        .orElse(wanted.merchantReference());
    }

    /** The order to charge; empty when there is or was one, or the payment has ended. */
    private Optional<ChannelOrder> begin(
            String paymentId, ChannelAccount account, ChargesPayCodes channel) {
        var payment = payments.lock(paymentId).orElseThrow();
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var merchant = merchants.find(payment.merchantId()).orElse(null);
        var registration =
                merchant == null
                        ? null
                        : merchant.at(account.channel().method(), account.mode()).orElse(null);
        if (!payment.isPayable(now)
                || merchant == null
                || registration == null
                || !attempts.findByPaymentIdOrderBySequence(paymentId).isEmpty()) {
            return Optional.empty();
        }
        var attempt =
                new Attempt(
                        PaymentIds.nextOrderNumber(settings.orderNumberPrefix(), now),
                        payment,
                        1,
                        new Way(account, registration, Flow.PAY_CODE),
                        new Charge(payment.amount(), null),
                        Payer.UNKNOWN,
                        now);
        var rules = channel.chargeRules();
        attempt.chargedByPayCode(
                now.plus(rules.firstQuery()),
                ((ReversesCharges) channel).reversibleUntil(attempt.key()),
                now.plus(rules.unheardAfter()));
        attempts.save(attempt);
        var previous = payment.status();
        payment.charge(attempt);
        payments.flush();
        events.moved(payment, previous);
        return Optional.of(
                new ChannelOrder(
                        attempt.key(),
                        attempt.categoryCode(),
                        merchant.displayName(),
                        payment.productName(),
                        attempt.expiresAt(),
                        Payer.UNKNOWN,
                        settings.publicUrl()));
    }

    private void ask(ChargesPayCodes channel, PayCodeOrder order) {
        var begun = order.order().key().createdAt();
        if (clock.instant().isAfter(begun.plus(STALE))) {
            return; // This process stood still; by now the charge may be counted as never heard of.
        }
        switch (channel.charge(order)) {
            case ChargeAnswer.Paid(var report) -> reports.apply(report);
            case ChargeAnswer.Declined(var code) -> reports.apply(declined(order, code));
            // The clock asks, and takes the charge back when its time is over.
            case ChargeAnswer.PayerIsConfirming _, ChargeAnswer.Unknown _ -> {}
        }
    }

    private static ChannelReport declined(PayCodeOrder order, String code) {
        var key = order.order().key();
        return new ChannelReport(
                key.accountId(),
                key.orderNumber(),
                key.subMerchantId(),
                new ChannelOutcome.Declined(code),
                ChannelReport.Source.CHARGE,
                null,
                "{}");
    }

    /** What came of it. */
    public sealed interface Result {

        /**
         * There is a payment.
         *
         * @param payment as it stands now: {@code processing} while it is not known whether it is
         *     paid
         * @param replayed the same request had been answered before
         */
        record Charged(PaymentView payment, PaymentMethod wallet, boolean replayed)
                implements Result {}

        /** No wallet that we know shows such codes. Nothing was made. */
        record CodeNotRecognized() implements Result {}

        /** The company is known not to answer at the moment. Nothing was made. */
        record ChannelDown() implements Result {}

        /**
         * @param why anything but {@link CreatePayment.Result.Accepted}
         */
        record NotCreated(CreatePayment.Result why) implements Result {}
    }
}

package io.ferrypay.paymentchannel.payment;

import io.ferrypay.events.Event;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.fx.IndicativeRates;
import io.ferrypay.paymentchannel.fx.Quote;
import io.ferrypay.paymentchannel.fx.Quotes;
import io.ferrypay.paymentchannel.fx.ShownAmount;
import io.ferrypay.paymentchannel.merchant.Merchant;
import io.ferrypay.paymentchannel.merchant.Merchants;
import io.ferrypay.paymentchannel.payment.LookAtRisk.Look;
import io.ferrypay.paymentchannel.payment.NewPayments.IdempotencyScope;
import io.ferrypay.paymentchannel.payment.NewPayments.NewPaymentWrite;
import io.ferrypay.paymentchannel.risk.RiskAction;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts a payment. Asks no other service and no channel; one statement makes the payment, its
 * event and the answer kept under the idempotency key, so a repeated request finds all of it or
 * nothing.
 */
@Service
public class CreatePayment {

    private static final int CONFLICT = 409;

    private final NewPayments newPayments;
    private final Merchants merchants;
    private final Channels channels;
    private final IndicativeRates rates;
    private final Quotes quotes;
    private final TransactionOperations transactions;
    private final PaymentLinks links;
    private final LookAtRisk risk;
    private final JsonMapper json;
    private final Clock clock;

    CreatePayment(
            NewPayments newPayments,
            Merchants merchants,
            Channels channels,
            IndicativeRates rates,
            Quotes quotes,
            TransactionOperations transactions,
            PaymentLinks links,
            LookAtRisk risk,
            JsonMapper json,
            Clock clock) {
        this.newPayments = newPayments;
        this.merchants = merchants;
        this.channels = channels;
        this.rates = rates;
        this.quotes = quotes;
        this.transactions = transactions;
        this.links = links;
        this.risk = risk;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param key the merchant's idempotency key
     * @param fingerprint SHA-256 of the request under that key
     */
    public Result create(NewPayment wanted, String key, Sha256 fingerprint) {
        return create(wanted, key, fingerprint, null);
    }

    /**
     * As {@link #create(NewPayment, String, Sha256)}, if the condition holds in the transaction
     * that makes the payment; else {@link Result.ConditionNotMet}. A request that was answered
     * before is answered so again, whatever has become of the condition.
     */
    public Result createIf(Condition condition, NewPayment wanted, String key, Sha256 fingerprint) {
        return create(wanted, key, fingerprint, condition);
    }

    /**
     * As {@link #createIf}, and something else is written in the transaction that makes the
     * payment. Nothing is when an earlier request had made it.
     *
     * @param besides is told the payment's id
     */
    public Result createWith(
            Condition condition,
            Consumer<String> besides,
            NewPayment wanted,
            String key,
            Sha256 fingerprint) {
        return create(wanted, key, fingerprint, condition, besides);
    }

    private Result create(
            NewPayment wanted, String key, Sha256 fingerprint, @Nullable Condition condition) {
        return create(wanted, key, fingerprint, condition, _ -> {});
    }

    private Result create(
            NewPayment wanted,
            String key,
            Sha256 fingerprint,
            @Nullable Condition condition,
            Consumer<String> besides) {
        var scope = new IdempotencyScope(wanted.merchantId(), wanted.mode().livemode(), key);
        var merchant = merchants.find(wanted.merchantId()).orElse(null);
        var methods = merchant == null ? List.<String>of() : methods(wanted, merchant);
        var refusal = refusal(wanted, merchant, methods);
        if (refusal != null) {
            // Rules may have changed since the first time; what was answered then still stands.
            return replay(scope, fingerprint).orElse(refusal);
        }
        var look = risk.atCreation(wanted, methods, clock.instant());
        if (look.verdict().action() == RiskAction.DENY) {
            return replay(scope, fingerprint).orElseGet(() -> denied(look, wanted));
        }
        try {
            if (condition != null) {
                var added = addIf(condition, besides, wanted, methods, look, scope, fingerprint);
                return added instanceof Result.ConditionNotMet
                        ? replay(scope, fingerprint)
                                .orElse(added) // This very request may have used the limit up.
                        : added;
            }
            var quoted = wanted.fxQuote();
            if (quoted == null) {
                return look.verdict().isQuiet()
                        ? add(wanted, methods, null, look, scope, fingerprint)
                        : Objects.requireNonNull(
                                transactions.execute(
                                        _ -> add(wanted, methods, null, look, scope, fingerprint)));
            }
            var added = addQuoted(wanted, methods, quoted, look, scope, fingerprint);
            return added instanceof Result.QuoteNotUsable
                    ? replay(scope, fingerprint)
                            .orElse(added) // This very request may have used it.
                    : added;
        } catch (DuplicateKeyException _) {
            return replay(scope, fingerprint)
                    .orElseGet(() -> referenceTaken(wanted, scope, fingerprint));
        } catch (PessimisticLockingFailureException _) {
            return new Result.InProgress();
        }
    }

    private Result addIf(
            Condition condition,
            Consumer<String> besides,
            NewPayment wanted,
            List<String> methods,
            Look look,
            IdempotencyScope scope,
            Sha256 fingerprint) {
        return Objects.requireNonNull(
                transactions.execute(_ -> {
                    var refusal = condition.refusal();
                    if (refusal != null) {
                        return new Result.ConditionNotMet(refusal);
                    }
                    var added = add(wanted, methods, null, look, scope, fingerprint);
                    if (added instanceof Result.Accepted(var id, _, _)) {
                        besides.accept(id);
                    }
                    return added;
                }));
    }

    private Result addQuoted(
            NewPayment wanted,
            List<String> methods,
            String quoteId,
            Look look,
            IdempotencyScope scope,
            Sha256 fingerprint) {
        var quote = quotes.find(wanted.merchantId(), wanted.mode(), quoteId).orElse(null);
        if (quote == null || !quote.amount().equals(wanted.amount())) {
            return new Result.QuoteNotUsable();
        }
        // The promise is used in the transaction that makes the payment, so neither is without the
        // other.
        var result =
                transactions.execute(status -> {
                    var added = add(wanted, methods, quote, look, scope, fingerprint);
                    var used =
                            added instanceof Result.Accepted(var id, _, _)
                                    && quotes.use(
                                            quoteId,
                                            wanted.merchantId(),
                                            wanted.mode(),
                                            wanted.amount(),
                                            id);
                    if (!used) {
                        status.setRollbackOnly();
                        return new Result.QuoteNotUsable();
                    }
                    return added;
                });
        return result == null ? new Result.QuoteNotUsable() : result;
    }

    private Result add(
            NewPayment wanted,
            List<String> methods,
            @Nullable Quote quote,
            Look look,
            IdempotencyScope scope,
            Sha256 fingerprint) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = PaymentIds.nextPaymentId(now);
        var nonce = links.nonce(id, PaymentLinks.FIRST);
        var row =
                new PaymentRow(
                        id,
                        wanted,
                        methods,
                        quote == null ? shown(wanted, methods) : shown(quote),
                        quote == null ? null : quote.expiresAt(),
                        PaymentLinks.hash(nonce),
                        now,
                        now.plus(wanted.expiresIn()));
        var object = json.writeValueAsString(row.view());
        newPayments.add(
                new NewPaymentWrite(
                        row,
                        scope.key(),
                        fingerprint,
                        object,
                        Event.newId(),
                        eventData(wanted, object),
                        risk.hold(look.verdict())));
        if (!look.verdict().isQuiet()) {
            risk.tellOfAlert(look, id, wanted);
        }
        return new Result.Accepted(id, withLink(object, nonce), false);
    }

    /** What the payer is shown: about what the first of the ways to pay will come to. */
    private @Nullable ShownAmount shown(NewPayment wanted, List<String> methods) {
        var account =
                methods.stream()
                        .findFirst()
                        .flatMap(PaymentMethod::ofWireName)
                        .flatMap(method -> channels.accountFor(method, wanted.mode()))
                        .map(ChannelAccount::id)
                        .orElse(null);
        return rates.inYuan(wanted.amount(), account).orElse(null);
    }

    private static ShownAmount shown(Quote quote) {
        var charge = quote.charge();
        return new ShownAmount(charge.yuan(), charge.payerRate(), charge.asOf(), charge.source());
    }

    private Optional<Result> replay(IdempotencyScope scope, Sha256 fingerprint) {
        return newPayments
                .answerUnder(scope)
                .map(answer -> {
                    if (!answer.fingerprint().equals(fingerprint)) {
                        return new Result.KeyUsedOtherwise();
                    }
                    var id = answer.paymentId();
                    return answer.status() == CONFLICT || id == null
                            ? new Result.ReferenceExists(answer.body(), true)
                            : new Result.Accepted(
                                    id,
                                    withLink(
                                            answer.body(),
                                            links.nonce(id, answer.nonceGeneration())),
                                    true);
                });
    }

    private Result referenceTaken(NewPayment wanted, IdempotencyScope scope, Sha256 fingerprint) {
        var existing =
                newPayments
                        .withReference(
                                wanted.merchantId(),
                                wanted.mode().livemode(),
                                wanted.merchantReference())
                        .orElse(null);
        if (existing == null) {
            return new Result.InProgress(); // Whoever held the reference has just let it go.
        }
        newPayments.keepRefusal(
                scope,
                new IdempotentAnswer(fingerprint, CONFLICT, existing, null, 0),
                clock.instant());
        return new Result.ReferenceExists(existing, false);
    }

    private Result denied(Look look, NewPayment wanted) {
        transactions.executeWithoutResult(_ -> risk.tellOfDenial(look, wanted));
        return new Result.RiskDenied();
    }

    private static @Nullable Result refusal(
            NewPayment wanted, @Nullable Merchant merchant, List<String> methods) {
        if (merchant == null) {
            return new Result.MerchantNotKnownYet();
        }
        if (!merchant.active()) {
            return new Result.MerchantSuspended();
        }
        if (!merchant.currency().equals(wanted.amount().currency().code())) {
            return new Result.CurrencyNotAccepted(merchant.currency());
        }
        return methods.isEmpty() ? new Result.MethodNotAvailable() : null;
    }

    /** The ways to pay: those asked for, or all; nothing if one asked for is not to be had. */
    private static List<String> methods(NewPayment wanted, Merchant merchant) {
        var available =
                Arrays.stream(PaymentMethod.values())
                        .filter(method -> merchant.at(method, wanted.mode()).isPresent())
                        .toList();
        var asked = wanted.allowedMethods();
        if (!available.containsAll(asked)) {
            return List.of();
        }
        return available.stream()
                .filter(method -> asked.isEmpty() || asked.contains(method))
                .map(PaymentMethod::wireName)
                .toList();
    }

    private String eventData(NewPayment wanted, String object) {
        var notifyUrl = wanted.notifyUrl();
        return "{\"merchant_id\":\""
                + wanted.merchantId()
                + "\",\"livemode\":"
                + wanted.mode().livemode()
                + ",\"object\":"
                + object
                + ",\"previous\":null,\"notify_url\":"
                + (notifyUrl == null ? "null" : json.writeValueAsString(notifyUrl))
                + "}";
    }

    /** The link is no part of what is kept or published: it is added to the answer's end. */
    private String withLink(String object, String nonce) {
        return object.substring(0, object.length() - 1)
                + ",\"nonce\":\""
                + nonce
                + "\",\"redirect_url\":\""
                + links.redirectUrl(nonce)
                + "\"}";
    }

    /** What came of it. */
    public sealed interface Result {

        /**
         * @param body the payment in JSON, with its link
         * @param replayed the same request had been answered before
         */
        record Accepted(String paymentId, String body, boolean replayed) implements Result {

            @Override
            public String toString() {
                return "Accepted[" + paymentId + "]"; // The body opens the payment's page.
            }
        }

        /** The merchant's reference belongs to that payment already. */
        record ReferenceExists(String paymentId, boolean replayed) implements Result {}

        /** Our rules stand against it; why is not for the shop. */
        record RiskDenied() implements Result {}

        /** The same key or reference is being worked on at this moment. */
        record InProgress() implements Result {}

        /** The key was used for another request. */
        record KeyUsedOtherwise() implements Result {}

        /** The merchant is so new that we have not been told of it: try again in a moment. */
        record MerchantNotKnownYet() implements Result {}

        record MerchantSuspended() implements Result {}

        record CurrencyNotAccepted(String accepted) implements Result {}

        /** The quote is not this merchant's, for another amount, over, or used. */
        record QuoteNotUsable() implements Result {}

        /**
         * @param why in the word of whoever set the condition
         */
        record ConditionNotMet(String why) implements Result {}

        /** None of the ways to pay that were asked for is open to this merchant. */
        record MethodNotAvailable() implements Result {}
    }
}

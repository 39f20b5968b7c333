package io.ferrypay.paymentchannel.refund;

import io.ferrypay.money.InvalidAmount;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.RefundsPayments;
import io.ferrypay.paymentchannel.payment.KeptAnswers;
import io.ferrypay.paymentchannel.payment.OrderNumbers;
import io.ferrypay.paymentchannel.payment.PaymentStatus;
import io.ferrypay.paymentchannel.payment.RefundBalance;
import io.ferrypay.paymentchannel.payment.RefundablePayment;
import io.ferrypay.paymentchannel.payment.Sha256;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/**
 * Accepts a refund: sets the money aside and writes the refund, its event and the answer kept under
 * the idempotency key in one transaction. The channel is asked right after it, by somebody else: a
 * process killed in between leaves a refund that the clock takes up.
 */
@Service
public class CreateRefund {

    private static final int CREATED = 201;
    private static final int CONFLICT = 409;

    // PostgreSQL's name for a lock_timeout; Spring has none for it.
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final RefundBalance balance;
    private final Refunds refunds;
    private final RefundEvents events;
    private final RefundControl control;
    private final KeptAnswers answers;
    private final OrderNumbers numbers;
    private final Channels channels;
    private final SubmitSoon soon;
    private final TransactionOperations transactions;
    private final JsonMapper json;
    private final Clock clock;

    CreateRefund(
            RefundBalance balance,
            Refunds refunds,
            RefundEvents events,
            RefundControl control,
            KeptAnswers answers,
            OrderNumbers numbers,
            Channels channels,
            SubmitSoon soon,
            TransactionOperations transactions,
            JsonMapper json,
            Clock clock) {
        this.balance = balance;
        this.refunds = refunds;
        this.events = events;
        this.control = control;
        this.answers = answers;
        this.numbers = numbers;
        this.channels = channels;
        this.soon = soon;
        this.transactions = transactions;
        this.json = json;
        this.clock = clock;
    }

    /** Something else that must hold for a refund. */
    @FunctionalInterface
    public interface Condition {

        /**
         * Why it does not hold, in a word of whoever sets it; null if it does. Asked in the
         * transaction that makes the refund, while its payment is locked.
         */
        @Nullable String refusal(Money amount);
    }

    /**
     * @param key the merchant's idempotency key
     * @param fingerprint SHA-256 of the request under that key
     */
    public Result create(NewRefund wanted, String key, Sha256 fingerprint) {
        return createIf(_ -> null, wanted, key, fingerprint);
    }

    /**
     * As {@link #create}, if the condition holds; else {@link Result.ConditionNotMet}. A request
     * that was answered before is answered so again, whatever has become of the condition.
     */
    public Result createIf(Condition condition, NewRefund wanted, String key, Sha256 fingerprint) {
        var kept =
                new KeptAnswers.Key(
                        wanted.merchantId(), wanted.mode().livemode(), key, fingerprint);
        try {
            var result =
                    transactions.execute(transaction -> {
                        var outcome = add(condition, wanted, kept);
                        if (!(outcome instanceof Result.Accepted)) {
                            transaction.setRollbackOnly();
                        }
                        return outcome;
                    });
            if (result == null) {
                throw new IllegalStateException("a transaction without a result");
            }
            if (result instanceof Result.Accepted accepted) {
                soon.submit(accepted.refundId());
                return accepted;
            }
            // The balance may have changed since the first time; what was answered then stands.
            return replay(kept).orElseGet(() -> refused(result, kept));
        } catch (DataIntegrityViolationException e) {
            return replay(kept)
                    .or(() ->
                            withReference(wanted)
                                    .map(id ->
                                            refused(new Result.ReferenceExists(id, false), kept)))
                    .orElseThrow(() -> e);
        } catch (PessimisticLockingFailureException _) {
            return new Result.InProgress();
        } catch (UncategorizedSQLException e) {
            if (e.getCause() instanceof SQLException cause
                    && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                return new Result.InProgress();
            }
            throw e;
        }
    }

    private Result add(Condition condition, NewRefund wanted, KeptAnswers.Key kept) {
        var payment =
                balance.lock(wanted.merchantId(), wanted.mode(), wanted.paymentId()).orElse(null);
        if (payment == null) {
            return new Result.NotFound();
        }
        var order = payment.order();
        if (payment.status() != PaymentStatus.PAID || order == null) {
            return new Result.NotRefundable(payment.status());
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var existing = withReference(wanted).orElse(null);
        if (existing != null) {
            return new Result.ReferenceExists(existing, false);
        }
        var channel = channels.ability(order.key().accountId(), RefundsPayments.class).orElse(null);
        if (channel == null) {
            return new Result.NotSupported();
        }
        var rules = channel.refundRules(order.key().flow());
        if (now.isAfter(order.paidAt().plus(rules.window()))) {
            return new Result.WindowClosed(order.paidAt().plus(rules.window()));
        }
        if (refunds.countOf(order.key().orderNumber()) >= rules.mostPerOrder()) {
            return new Result.TooMany(rules.mostPerOrder());
        }
        Money amount;
        try {
            amount = amount(wanted, payment);
        } catch (InvalidAmount e) {
            return new Result.NoSuchAmount(e.reason(), String.valueOf(e.getMessage()));
        }
        if (!amount.isPositive() || amount.compareTo(payment.left()) > 0) {
            return new Result.ExceedsBalance(payment.left());
        }
        var refusal = condition.refusal(amount);
        if (refusal != null) {
            return new Result.ConditionNotMet(refusal);
        }
        var fromCharge =
                RefundShare.of(
                        payment.amount(),
                        order.charged(),
                        payment.left(),
                        order.refundedAtChannel(),
                        amount);
        if (!fromCharge.isPositive()) {
            return new Result.TooSmall();
        }
        if (!balance.reserve(payment.id(), order, amount, fromCharge)) {
            return new Result.ExceedsBalance(payment.left());
        }
        return write(wanted, kept, payment, amount, fromCharge, now);
    }

    private static Money amount(NewRefund wanted, RefundablePayment payment) {
        var text = wanted.amount();
        return text == null ? payment.left() : Money.parse(text, payment.amount().currency());
    }

    private Result write(
            NewRefund wanted,
            KeptAnswers.Key kept,
            RefundablePayment payment,
            Money amount,
            Money fromCharge,
            Instant now) {
        var wish = Refund.requested(numbers.next(now), wanted, payment, amount, fromCharge, now);
        control.holdBack(wish, now);
        var refund = refunds.save(wish);
        refunds.flush();
        var body = json.writeValueAsString(refund.view());
        answers.keep(kept, CREATED, body, now);
        events.created(List.of(refund));
        if (refund.waitsFor() != null) {
            events.waits(refund, null);
        }
        return new Result.Accepted(refund.id(), body, false);
    }

    private Optional<Result> replay(KeptAnswers.Key kept) {
        return answers.find(kept)
                .map(answer -> {
                    if (!answer.same()) {
                        return new Result.KeyUsedOtherwise();
                    }
                    return answer.status() == CONFLICT
                            ? new Result.ReferenceExists(answer.body(), true)
                            : new Result.Accepted(
                                    json.readTree(answer.body()).path("id").asString(),
                                    answer.body(),
                                    true);
                });
    }

    private Result refused(Result result, KeptAnswers.Key kept) {
        if (result instanceof Result.ReferenceExists(var id, _)) {
            answers.keepRefusal(kept, CONFLICT, id, clock.instant());
        }
        return result;
    }

    private Optional<String> withReference(NewRefund wanted) {
        return Optional.ofNullable(wanted.merchantReference())
                .flatMap(reference ->
                        refunds.withReference(
                                wanted.merchantId(), wanted.mode().livemode(), reference));
    }

    /** What came of it. */
    public sealed interface Result {

        /**
         * @param body the refund in JSON
         * @param replayed the same request had been answered before
         */
        record Accepted(String refundId, String body, boolean replayed) implements Result {}

        /** The merchant's reference belongs to that refund already. */
        record ReferenceExists(String refundId, boolean replayed) implements Result {}

        /** The same payment or reference is being worked on at this moment. */
        record InProgress() implements Result {}

        /** The key was used for another request. */
        record KeyUsedOtherwise() implements Result {}

        record NotFound() implements Result {}

        /** The payment holds no money to give back. */
        record NotRefundable(PaymentStatus status) implements Result {}

        /** It is no amount of the payment's currency. */
        record NoSuchAmount(InvalidAmount.Reason reason, String message) implements Result {}

        record ExceedsBalance(Money left) implements Result {}

        /** It is worth less than the smallest amount the channel can give back. */
        record TooSmall() implements Result {}

        record WindowClosed(Instant closedAt) implements Result {}

        record TooMany(int most) implements Result {}

        /**
         * @param why in the word of whoever set the condition
         */
        record ConditionNotMet(String why) implements Result {}

        /** The channel that took the money cannot give it back. */
        record NotSupported() implements Result {}
    }
}

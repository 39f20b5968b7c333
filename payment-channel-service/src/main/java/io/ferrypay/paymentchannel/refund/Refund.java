package io.ferrypay.paymentchannel.refund;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.payment.RefundBalance.SurplusOrder;
import io.ferrypay.paymentchannel.payment.RefundablePayment;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Money that goes back to a payer; the only place a refund changes state. It exists, with its
 * number and with the money set aside, before its channel hears of it, and it ends once.
 */
@Entity
@Table(name = "refund")
@DynamicUpdate
class Refund {

    @Id
    @Column(updatable = false)
    private String id;

    @Version private @Nullable Long version;

    @Column(updatable = false)
    private RefundKind kind;

    @Column(updatable = false)
    private String paymentId;

    @Column(updatable = false)
    private String merchantId;

    @Column(updatable = false)
    private boolean livemode;

    @Column(updatable = false)
    private @Nullable String merchantReference;

    @Column(updatable = false)
    private String orderNumber;

    @Column(updatable = false)
    private String accountId;

    @Column(updatable = false)
    private String refundNumber;

    private RefundStatus status;

    @Column(updatable = false)
    private long amountMinor;

    @Column(updatable = false)
    private String currency;

    @Column(updatable = false)
    private long channelAmountMinor;

    @Column(updatable = false)
    private String channelCurrency;

    private @Nullable Long payerAmountMinor;
    private @Nullable String payerCurrency;

    @Column(updatable = false)
    private @Nullable String reason;

    @Column(updatable = false)
    private @Nullable String note;

    @SuppressWarnings("UnusedVariable") // A shift's report adds up by them.
    @Column(updatable = false)
    private @Nullable String deviceId;

    @SuppressWarnings("UnusedVariable")
    @Column(updatable = false)
    private @Nullable String cashierId;

    @Column(updatable = false)
    private @Nullable String notifyUrl;

    @Column(updatable = false)
    private @Nullable String requestedBy;

    @SuppressWarnings("UnusedVariable") // The table refuses who asked.
    private @Nullable String approvedBy;

    private @Nullable WaitsFor waitsFor;

    @Column(updatable = false)
    private @Nullable Long totalMinor;

    private Submission submission;
    private int steps;
    private int tries;
    private @Nullable Instant askedAt;
    private @Nullable Instant nextStepAt;
    private @Nullable Instant stuckAt;
    private @Nullable String channelReference;
    private @Nullable String failureCode;
    private @Nullable String declineCode;

    @Column(updatable = false)
    private Instant createdAt;

    private @Nullable Instant endedAt;

    /** For Hibernate, which fills every column before anybody sees the refund. */
    @SuppressWarnings("NullAway.Init")
    protected Refund() {}

    private Refund(
            String refundNumber, RefundKind kind, Money amount, Money fromCharge, Instant now) {
        this.id = RefundIds.next(now);
        this.refundNumber = refundNumber;
        this.kind = kind;
        this.status = RefundStatus.PENDING;
        this.submission = Submission.WAITING;
        this.amountMinor = amount.minorUnits();
        this.currency = amount.currency().code();
        this.channelAmountMinor = fromCharge.minorUnits();
        this.channelCurrency = fromCharge.currency().code();
        this.createdAt = now;
        this.paymentId = "";
        this.merchantId = "";
        this.orderNumber = "";
        this.accountId = "";
    }

    /**
     * Asked for by the merchant.
     *
     * @param fromCharge the same in what the channel was told to charge
     */
    static Refund requested(
            String refundNumber,
            NewRefund wanted,
            RefundablePayment payment,
            Money amount,
            Money fromCharge,
            Instant now) {
        var order = Objects.requireNonNull(payment.order());
        var refund = new Refund(refundNumber, RefundKind.REQUESTED, amount, fromCharge, now);
        refund.paymentId = payment.id();
        refund.merchantId = wanted.merchantId();
        refund.livemode = wanted.mode().livemode();
        refund.merchantReference = wanted.merchantReference();
        refund.orderNumber = order.key().orderNumber();
        refund.accountId = order.key().accountId();
        refund.reason = wanted.reason();
        refund.note = wanted.note();
        if (wanted.till() != null) {
            refund.deviceId = wanted.till().deviceId();
            refund.cashierId = wanted.till().cashierId();
        }
        refund.requestedBy = wanted.requestedBy();
        refund.totalMinor = payment.amount().minus(payment.left()).plus(amount).minorUnits();
        refund.notifyUrl = payment.notifyUrl();
        refund.nextStepAt = now.plus(RefundSchedule.GRACE);
        var paid = payment.payerAmount();
        if (!fromCharge.currency().equals(amount.currency())) {
            refund.payerGets(fromCharge);
        } else if (paid != null) {
            refund.payerGets(RefundShare.share(payment.amount(), paid, amount)); // About.
        }
        return refund;
    }

    /** Owed back by ourselves: all of an order that its payment did not need. */
    static Refund ofSurplus(String refundNumber, SurplusOrder surplus, Instant now) {
        var order = surplus.order();
        var refund =
                new Refund(refundNumber, RefundKind.SURPLUS, order.amount(), order.charged(), now);
        refund.paymentId = surplus.paymentId();
        refund.merchantId = surplus.merchantId();
        refund.livemode = surplus.mode().livemode();
        refund.orderNumber = order.key().orderNumber();
        refund.accountId = order.key().accountId();
        refund.reason = surplus.why();
        refund.notifyUrl = surplus.notifyUrl();
        refund.nextStepAt = now;
        if (!order.charged().currency().equals(order.amount().currency())) {
            refund.payerGets(order.charged());
        }
        return refund;
    }

    private void payerGets(Money amount) {
        payerAmountMinor = amount.minorUnits();
        payerCurrency = amount.currency().code();
    }

    /**
     * Nothing is asked of its channel before somebody agrees, or its time is over.
     *
     * @param until null where somebody else keeps the time
     */
    void waitFor(WaitsFor what, @Nullable Instant until) {
        if (status.isEnd() || steps > 0) {
            throw new IllegalStateException(id + " cannot wait any more");
        }
        status = RefundStatus.PENDING_APPROVAL;
        waitsFor = what;
        nextStepAt = until;
    }

    /** Another person of the merchant agreed. */
    void approvedBy(String person) {
        approvedBy = person;
    }

    /** Nothing is in its way any more. */
    void goOn(Instant now) {
        if (status != RefundStatus.PENDING_APPROVAL) {
            throw new IllegalStateException(id + " does not wait");
        }
        status = RefundStatus.PENDING;
        waitsFor = null;
        nextStepAt = now.plus(RefundSchedule.GRACE);
    }

    boolean isDue(Instant now) {
        return nextStepAt != null && !nextStepAt.isAfter(now);
    }

    /** Nobody has done anything about it yet. */
    boolean isUntouched() {
        return status == RefundStatus.PENDING && steps == 0;
    }

    boolean isWaiting() {
        return submission == Submission.WAITING;
    }

    /** From now on the channel may know of it: whatever happens, it is queried first. */
    int ask(Instant now) {
        submission = Submission.ASKING;
        askedAt = now;
        return step(now);
    }

    /** A query is under way. */
    int step(Instant now) {
        steps++;
        nextStepAt = now.plus(RefundSchedule.CALL);
        return steps;
    }

    /** Its turn has not come. */
    void postpone(@Nullable Instant until) {
        nextStepAt = until;
    }

    /** Whether nothing has been learned since that step began. */
    boolean isAtStep(int step) {
        return status == RefundStatus.PENDING && steps == step;
    }

    boolean accepted(@Nullable String reference, Instant now) {
        var news = submission != Submission.ACCEPTED;
        submission = Submission.ACCEPTED;
        if (reference != null) {
            channelReference = reference;
        }
        if (news) {
            tries = 0;
            steps++;
        }
        queryLater(now);
        return news;
    }

    /** Its channel waits for a person; whether that is new. */
    boolean stuck(@Nullable String reference, Instant now) {
        accepted(reference, now);
        if (stuckAt != null) {
            return false;
        }
        stuckAt = now;
        return true;
    }

    /** No answer that can be used. */
    void unsure(Instant now) {
        if (submission == Submission.ASKING) {
            submission = Submission.UNSURE;
        }
        queryLater(now);
    }

    void queryLater(Instant now) {
        nextStepAt = now.plus(RefundSchedule.query(tries));
        tries++;
    }

    /** The channel did nothing and may do it later. */
    void notNow(Instant now) {
        submission = Submission.WAITING;
        nextStepAt = now.plus(RefundSchedule.askAgain(tries));
        tries++;
    }

    /** The channel has never heard of it: it can be asked, under the same number. */
    void askAgain(Instant now) {
        submission = Submission.WAITING;
        nextStepAt = now;
    }

    /** Where asking twice is refunding twice: whether the channel has had its time to know. */
    boolean hasSettled(Instant now) {
        return askedAt != null && !now.isBefore(askedAt.plus(RefundSchedule.SETTLING));
    }

    Instant settlesAt(Instant now) {
        return (askedAt == null ? now : askedAt).plus(RefundSchedule.SETTLING);
    }

    void succeed(@Nullable String reference, @Nullable Money payerAmount, Instant now) {
        become(RefundStatus.SUCCEEDED, now);
        if (reference != null) {
            channelReference = reference;
        }
        if (payerAmount != null) {
            payerGets(payerAmount);
        }
    }

    void fail(String code, @Nullable String channelCode, Instant now) {
        become(RefundStatus.FAILED, now);
        failureCode = code;
        declineCode = channelCode;
    }

    private void become(RefundStatus next, Instant now) {
        var waits = status == RefundStatus.PENDING_APPROVAL && next == RefundStatus.FAILED;
        if (status != RefundStatus.PENDING && !waits) {
            throw new IllegalStateException(
                    id + " is " + status.wireName() + " and cannot become " + next.wireName());
        }
        status = next;
        waitsFor = null;
        endedAt = now.truncatedTo(ChronoUnit.MILLIS); // What is told must survive its column.
        nextStepAt = null;
    }

    String id() {
        return id;
    }

    long version() {
        return Objects.requireNonNull(version);
    }

    RefundKind kind() {
        return kind;
    }

    String paymentId() {
        return paymentId;
    }

    String merchantId() {
        return merchantId;
    }

    boolean livemode() {
        return livemode;
    }

    @Nullable String notifyUrl() {
        return notifyUrl;
    }

    String orderNumber() {
        return orderNumber;
    }

    String accountId() {
        return accountId;
    }

    String refundNumber() {
        return refundNumber;
    }

    RefundStatus status() {
        return status;
    }

    @Nullable WaitsFor waitsFor() {
        return waitsFor;
    }

    @Nullable String requestedBy() {
        return requestedBy;
    }

    /** What goes back of the payment in all, with this refund. */
    Money total() {
        return new Money(totalMinor == null ? amountMinor : totalMinor, Currency.of(currency));
    }

    Submission submission() {
        return submission;
    }

    Money amount() {
        return new Money(amountMinor, Currency.of(currency));
    }

    /** What the channel is told to give back. */
    Money channelAmount() {
        return new Money(channelAmountMinor, Currency.of(channelCurrency));
    }

    Instant createdAt() {
        return createdAt;
    }

    /** What the channel may show the payer: printable ASCII, never empty. */
    String reasonForPayer() {
        return reason == null ? "refund" : reason.replace('_', ' ');
    }

    RefundView view() {
        return new RefundView(
                id,
                "refund",
                kind,
                paymentId,
                livemode,
                status,
                waitsFor,
                amount().toDecimalString(),
                currency,
                payerAmountMinor == null || payerCurrency == null
                        ? null
                        : new Money(payerAmountMinor, Currency.of(payerCurrency)).toDecimalString(),
                payerCurrency,
                "original",
                reason,
                note,
                merchantReference,
                channelReference,
                failureCode == null ? null : new RefundView.Failure(failureCode, declineCode),
                createdAt,
                endedAt);
    }

    /** For logs. */
    @Override
    public String toString() {
        return "Refund[" + id + " " + refundNumber + " " + status + " " + submission + "]";
    }
}

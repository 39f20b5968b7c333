package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Succeeded;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asked to be paid; the only place a payment changes state. It is born by {@link
 * NewPayments}, in the same statement as its event. Every change is written as {@code update …
 * where id = ? and version = ?}, so two writers cannot both win.
 */
@Entity
@Table(name = "payment")
@DynamicUpdate
class Payment {

    private static final String NOT_ACCEPTED = "not_accepted";

    @Id private String id;
    @Version private long version;
    private String merchantId;
    private boolean livemode;
    private String merchantReference;
    private PaymentStatus status;
    private long amountMinor;
    private String currency;
    private String productName;
    private @Nullable String description;
    private String returnUrl;
    private @Nullable String cancelUrl;
    private @Nullable String notifyUrl;
    private @Nullable String locale;
    private String allowedMethods;
    private String metadata;
    private @Nullable Long shownAmountMinor;
    private @Nullable String shownCurrency;
    private @Nullable BigDecimal shownRate;
    private @Nullable Instant shownRateAsOf;
    private @Nullable String shownRateSource;
    private @Nullable Instant quoteExpiresAt;
    private int nonceGeneration;
    private byte[] nonceHash;
    private Instant createdAt;
    private Instant expiresAt;
    private @Nullable Instant endedAt;
    private @Nullable Instant paidAt;
    private boolean paidLate;

    @SuppressWarnings("UnusedVariable") // For people who look into the table.
    private @Nullable Instant lateToldAt;

    private @Nullable PaymentMethod method;
    private @Nullable Flow flow;
    private @Nullable String bankCode;
    private @Nullable String channelReference;
    private @Nullable Long payerAmountMinor;
    private @Nullable String payerCurrency;
    private @Nullable BigDecimal executedRate;
    private @Nullable String failureCode;
    private @Nullable String declineCode;
    private long surplusMinor;
    private long refundedMinor;

    /** Moved by {@link RefundBalance} alone. */
    private long refundReservedMinor;

    private @Nullable String staticCodeId;

    @Column(updatable = false)
    private @Nullable String storeId;

    @Column(updatable = false)
    private @Nullable String deviceId;

    @Column(updatable = false)
    private @Nullable String payerIp;

    /** What said, when it was created, that its money is to be held; JSON. */
    @Column(updatable = false)
    private @Nullable String riskHold;

    /** For Hibernate, which fills every column before anybody sees the payment. */
    @SuppressWarnings("NullAway.Init")
    protected Payment() {}

    /** The payer is shown how to pay. */
    boolean offer(Attempt attempt) {
        paysBy(attempt);
        if (status != PaymentStatus.CREATED && status != PaymentStatus.FAILED) {
            return false;
        }
        failureCode = null;
        declineCode = null;
        endedAt = null;
        return become(PaymentStatus.PENDING);
    }

    /** A code the payer has shown is being charged. */
    void charge(Attempt attempt) {
        paysBy(attempt);
        become(PaymentStatus.PROCESSING);
    }

    /** Its charge has been taken back, and this is what was decided to come of it. */
    void endReversed(PaymentStatus as, Instant now) {
        endedAt = now;
        become(as);
    }

    /** The wallet has told the channel that the payer is confirming. */
    boolean confirming() {
        return status == PaymentStatus.PENDING && become(PaymentStatus.PROCESSING);
    }

    /** The payer left the wallet's question unanswered; the code is still good. */
    boolean confirmingNoMore() {
        return status == PaymentStatus.PROCESSING && become(PaymentStatus.PENDING);
    }

    boolean pay(Attempt attempt, Succeeded proof) {
        become(PaymentStatus.PAID);
        takesMoney(attempt, proof);
        endedAt = proof.paidAt();
        return true;
    }

    /** The payer has paid, and somebody has to look before the merchant gets the money. */
    void hold(Attempt attempt, Succeeded proof) {
        become(PaymentStatus.UNDER_REVIEW);
        takesMoney(attempt, proof);
        endedAt = null; // It may have ended before the money came.
    }

    /** The merchant gets what was held. */
    void release(Instant now) {
        become(PaymentStatus.PAID);
        endedAt = now;
    }

    /** What was held goes back; nobody can pay it any more. */
    void refuse(Instant now) {
        become(PaymentStatus.FAILED);
        failureCode = NOT_ACCEPTED;
        endedAt = now;
    }

    /** Whether its money was held and is going back, or has. */
    boolean isRefused() {
        return isRefusal(failureCode);
    }

    static boolean isRefusal(@Nullable String failureCode) {
        return NOT_ACCEPTED.equals(failureCode);
    }

    private void takesMoney(Attempt attempt, Succeeded proof) {
        paysBy(attempt);
        channelReference = proof.channelReference();
        paidAt = proof.paidAt();
        var payerAmount = proof.payerAmount();
        payerAmountMinor = payerAmount == null ? null : payerAmount.minorUnits();
        payerCurrency = payerAmount == null ? null : payerAmount.currency().code();
        var told = proof.rate();
        // For display: a rate that is none must not keep the money from counting.
        executedRate = told == null || !isStorable(told) ? attempt.payerRate() : told;
        failureCode = null;
        declineCode = null;
    }

    private static boolean isStorable(BigDecimal rate) {
        return rate.signum() > 0 && rate.precision() - rate.scale() <= 10;
    }

    private void paysBy(Attempt attempt) {
        method = attempt.method();
        flow = attempt.flow();
        bankCode = attempt.bankCode();
    }

    /** It was paid after we had told the merchant that it would not be. */
    void wasLate() {
        paidLate = true;
    }

    void toldLate(Instant now) {
        lateToldAt = now;
    }

    /** Money came in that this payment does not need. */
    void addSurplus(long minorUnits) {
        surplusMinor = Math.addExact(surplusMinor, minorUnits);
    }

    boolean fail(String code, Instant now) {
        become(PaymentStatus.FAILED);
        failureCode = "declined";
        declineCode = code;
        endedAt = now;
        return true;
    }

    boolean cancel(Instant now) {
        endedAt = now;
        return become(PaymentStatus.CANCELED);
    }

    boolean expire(Instant now) {
        endedAt = now;
        return become(PaymentStatus.EXPIRED);
    }

    int nonceGeneration() {
        return nonceGeneration;
    }

    /** From now on only the next generation's link opens the page. */
    int nextNonceGeneration() {
        return nonceGeneration + 1;
    }

    void reissueNonce(Sha256 hash) {
        nonceGeneration = nextNonceGeneration();
        nonceHash = hash.bytes();
    }

    private boolean become(PaymentStatus next) {
        if (!canBecome(next)) {
            throw new IllegalPaymentTransition(id, status, next);
        }
        status = next;
        return true;
    }

    boolean canBecome(PaymentStatus next) {
        return !isRefused() && status.canBecome(next);
    }

    /** Whether that is the hash of the link that opens the page now. */
    boolean opensWith(Sha256 hash) {
        return Sha256.stored(nonceHash).equals(hash);
    }

    /**
     * Money that arrives now comes after we told the merchant that it would not. Of a failed
     * payment we said that the shopper may try again until it expires.
     */
    boolean makesMoneyLate(Instant now) {
        return status.makesMoneyLate()
                && (status != PaymentStatus.FAILED || !now.isBefore(expiresAt));
    }

    boolean isPayable(Instant now) {
        return status.takesAttempts() && !isRefused() && now.isBefore(expiresAt);
    }

    String id() {
        return id;
    }

    long version() {
        return version;
    }

    String merchantId() {
        return merchantId;
    }

    /** Whether a rate was promised to it; the promise may be over. */
    boolean hasQuote() {
        return quoteExpiresAt != null;
    }

    boolean livemode() {
        return livemode;
    }

    PaymentStatus status() {
        return status;
    }

    Money amount() {
        return Amounts.of(amountMinor, currency);
    }

    String productName() {
        return productName;
    }

    @Nullable String notifyUrl() {
        return notifyUrl;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    String merchantReference() {
        return merchantReference;
    }

    boolean isPaidLate() {
        return paidLate;
    }

    @Nullable String staticCodeId() {
        return staticCodeId;
    }

    @Nullable String storeId() {
        return storeId;
    }

    @Nullable String deviceId() {
        return deviceId;
    }

    @Nullable String payerIp() {
        return payerIp;
    }

    @Nullable String riskHold() {
        return riskHold;
    }

    boolean allows(PaymentMethod wanted) {
        return Methods.parse(allowedMethods).contains(wanted);
    }

    /** What a merchant is shown. */
    PaymentView view() {
        return new PaymentView(
                id,
                "payment",
                livemode,
                status,
                merchantReference,
                amount().toDecimalString(),
                currency,
                payerAmount(),
                payerAmountMinor == null ? shownCurrency : payerCurrency,
                fx(),
                Amounts.of(refundedMinor, currency).toDecimalString(),
                refundState(),
                refundable().toDecimalString(),
                surplusMinor == 0 ? null : Amounts.of(surplusMinor, currency).toDecimalString(),
                method == null
                        ? null
                        : new PaymentView.Method(method, flow, bankCode, channelReference),
                failureCode == null ? null : new PaymentView.Failure(failureCode, declineCode),
                productName,
                description,
                returnUrl,
                cancelUrl,
                notifyUrl,
                locale,
                Methods.names(allowedMethods),
                MetadataText.parse(metadata),
                createdAt,
                expiresAt,
                endedAt,
                paidAt,
                paidLate,
                staticCodeId);
    }

    private @Nullable String payerAmount() {
        if (payerAmountMinor != null && payerCurrency != null) {
            return Amounts.of(payerAmountMinor, payerCurrency).toDecimalString();
        }
        return shownAmountMinor == null || shownCurrency == null
                ? null
                : Amounts.of(shownAmountMinor, shownCurrency).toDecimalString();
    }

    private PaymentView.@Nullable Fx fx() {
        if (executedRate != null && payerCurrency != null && paidAt != null) {
            return new PaymentView.Fx(
                    currency + "/" + payerCurrency,
                    PaymentView.plain(executedRate),
                    "executed",
                    paidAt,
                    method == null ? "channel" : method.wireName(),
                    null);
        }
        if (shownRate == null || shownRateAsOf == null || shownRateSource == null) {
            return null;
        }
        return new PaymentView.Fx(
                currency + "/" + shownCurrency,
                PaymentView.plain(shownRate),
                quoteExpiresAt == null ? "indicative" : "quoted",
                shownRateAsOf,
                shownRateSource,
                quoteExpiresAt);
    }

    private Money refundable() {
        var left =
                status == PaymentStatus.PAID
                        ? amountMinor - refundedMinor - refundReservedMinor
                        : 0;
        return Amounts.of(left, currency);
    }

    private String refundState() {
        if (refundedMinor == 0) {
            return "none";
        }
        return refundedMinor < amountMinor ? "partial" : "full";
    }
}

package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Succeeded;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.Payer;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.merchant.Merchant.Registration;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * One order at a channel for one payment. Number, account, merchant, amounts and rate are pinned
 * when it begins: what the channel says is compared with these, whatever has changed since.
 */
@Entity
@Table(name = "attempt")
@DynamicUpdate
class Attempt {

    /** How long a channel may take to answer the call that opens an order, with room to spare. */
    static final Duration OPENING_GRACE = Duration.ofSeconds(30);

    @Id
    @Column(updatable = false)
    private String orderNumber;

    @Version private @Nullable Long version;

    @Column(updatable = false)
    private String paymentId;

    @Column(updatable = false)
    private int sequence;

    @Column(updatable = false)
    private PaymentMethod method;

    @Column(updatable = false)
    private ChannelCode channel;

    @Column(updatable = false)
    private String accountId;

    @Column(updatable = false)
    private String subMerchantId;

    @Column(updatable = false)
    private String categoryCode;

    @Column(updatable = false)
    private Flow flow;

    @Column(updatable = false)
    private long amountMinor;

    @Column(updatable = false)
    private String currency;

    @Column(updatable = false)
    private long channelAmountMinor;

    @Column(updatable = false)
    private String channelCurrency;

    @Column(updatable = false)
    private @Nullable BigDecimal rate;

    @Column(updatable = false)
    private @Nullable BigDecimal rateMargin;

    @Column(updatable = false)
    private @Nullable Instant rateAsOf;

    @Column(updatable = false)
    private @Nullable String rateSource;

    @Column(updatable = false)
    private @Nullable String bankCode;

    @Column(updatable = false)
    private @Nullable String payerWalletId;

    @Column(updatable = false)
    private @Nullable String payerIp;

    private AttemptStatus status;
    private @Nullable String offerKind;
    private @Nullable String offer;
    private @Nullable Instant offerExpiresAt;

    @Column(updatable = false)
    private Instant createdAt;

    @Column(updatable = false)
    private Instant expiresAt;

    private @Nullable Instant endedAt;

    @SuppressWarnings("UnusedVariable") // Refunds read it: channels count their windows from it.
    private @Nullable Instant paidAt;

    private @Nullable String channelReference;
    private @Nullable String declineCode;
    private @Nullable Instant nextQueryAt;

    @Column(updatable = false)
    private @Nullable Instant reversibleUntil;

    @Column(updatable = false)
    private @Nullable Instant unheardAfter;

    private @Nullable PaymentStatus reverseTo;

    /** For Hibernate, which fills every column before anybody sees the attempt. */
    @SuppressWarnings("NullAway.Init")
    protected Attempt() {}

    Attempt(
            String orderNumber,
            Payment payment,
            int sequence,
            Way way,
            Charge charge,
            Payer payer,
            Instant now) {
        this.orderNumber = orderNumber;
        this.paymentId = payment.id();
        this.sequence = sequence;
        this.method = way.account().channel().method();
        this.channel = way.account().channel();
        this.accountId = way.account().id();
        this.subMerchantId = way.registration().subMerchantId();
        this.categoryCode = way.registration().categoryCode();
        this.flow = way.flow();
        this.amountMinor = payment.amount().minorUnits();
        this.currency = payment.amount().currency().code();
        this.channelAmountMinor = charge.amount().minorUnits();
        this.channelCurrency = charge.amount().currency().code();
        var frozen = charge.frozen();
        if (frozen != null) {
            this.rate = frozen.rate();
            this.rateMargin = frozen.margin();
            this.rateAsOf = frozen.asOf();
            this.rateSource = frozen.source();
        }
        this.bankCode = payer.bankCode();
        this.payerWalletId = payer.walletUserId();
        this.payerIp = payer.ip();
        this.status = AttemptStatus.OPENING;
        this.createdAt = now;
        this.expiresAt = payment.expiresAt();
        this.nextQueryAt = now.plus(OPENING_GRACE);
    }

    /** By which account, as which merchant, and how. */
    record Way(ChannelAccount account, Registration registration, Flow flow) {}

    /**
     * Its channel is about to be told a pay code. To be called before it is saved.
     *
     * @param firstQueryAt when to ask, should there be no final answer by then
     * @param lastReverse until when the channel takes the charge back
     * @param unheard when a charge that the channel still does not know cannot reach it any more
     */
    void chargedByPayCode(Instant firstQueryAt, Instant lastReverse, Instant unheard) {
        nextQueryAt = firstQueryAt;
        reversibleUntil = lastReverse;
        unheardAfter = unheard;
    }

    /** It is to be taken back; what its payment becomes then is decided, too. */
    void reverse(PaymentStatus to, Instant now) {
        status = AttemptStatus.REVERSING;
        reverseTo = to;
        nextQueryAt = now;
    }

    void reversed(Instant now) {
        end(AttemptStatus.REVERSED, now);
    }

    boolean isByPayCode() {
        return flow == Flow.PAY_CODE;
    }

    /** What its payment becomes when it is taken back. */
    PaymentStatus reverseTo() {
        if (reverseTo == null) {
            throw new IllegalStateException(orderNumber + " is not being reversed");
        }
        return reverseTo;
    }

    /** The channel can still take it back, so whatever was paid still goes back that way. */
    boolean isReversible(Instant now) {
        return reversibleUntil != null && now.isBefore(reversibleUntil);
    }

    /** If the channel does not know it now, it will never hear of it. */
    boolean isUnheard(Instant now) {
        return unheardAfter != null && !now.isBefore(unheardAfter);
    }

    void ready(Offer offered, Instant until, Instant now) {
        status = AttemptStatus.READY;
        offerKind = OfferColumns.kind(offered);
        offer = OfferColumns.content(offered);
        offerExpiresAt = until;
        nextQueryAt = now.plus(QuerySchedule.after(0));
    }

    /** A newer attempt is offered; this one is asked about at once, and closed. */
    void replace(Instant now) {
        status = AttemptStatus.REPLACED;
        nextQueryAt = now.plus(QuerySchedule.after(0));
    }

    void close(Instant now) {
        end(AttemptStatus.CLOSED, now);
    }

    /** Nobody should pay it, and nobody can be kept from it: it is asked about a while longer. */
    void lapse(Instant now) {
        end(AttemptStatus.LAPSED, now);
        nextQueryAt = now.plus(QuerySchedule.after(0));
    }

    void decline(String code, Instant now) {
        declineCode = code;
        end(AttemptStatus.DECLINED, now);
    }

    void refuse(String code, Instant now) {
        declineCode = code;
        end(AttemptStatus.REFUSED, now);
    }

    void paid(Succeeded proof, Instant now) {
        tookMoney(proof);
        end(AttemptStatus.PAID, now);
    }

    void surplus(Succeeded proof, Instant now) {
        tookMoney(proof);
        end(AttemptStatus.SURPLUS, now);
    }

    /** What it took was held, and goes back. */
    void owedBack() {
        if (status != AttemptStatus.PAID) {
            throw new IllegalStateException(orderNumber + " holds no money of its payment");
        }
        status = AttemptStatus.SURPLUS;
    }

    @Nullable String payerWalletId() {
        return payerWalletId;
    }

    @Nullable String payerIp() {
        return payerIp;
    }

    private void tookMoney(Succeeded proof) {
        channelReference = proof.channelReference();
        paidAt = proof.paidAt();
    }

    /** Nobody should pay this any more: ask the channel, and close it there, at the next chance. */
    void askSoon(Instant now) {
        if (status.mayBePaid()) {
            nextQueryAt = now;
        }
    }

    private void end(AttemptStatus as, Instant now) {
        status = as;
        endedAt = now;
        nextQueryAt = null;
    }

    /** What is offered can still be taken up for long enough to be worth showing. */
    boolean isPresentable(Instant now) {
        return status == AttemptStatus.READY
                && offerExpiresAt != null
                && now.isBefore(offerExpiresAt);
    }

    /** Whether a payer who asks for that is asking for this attempt. */
    boolean isFor(PaymentMethod wantedMethod, Flow wantedFlow, Payer payer) {
        return method == wantedMethod
                && flow == wantedFlow
                && Objects.equals(bankCode, payer.bankCode())
                && (payer.walletUserId() == null
                        || Objects.equals(payerWalletId, payer.walletUserId()));
    }

    /** Who pays, as pinned, with what was told again and is not kept. */
    Payer payer(Payer told) {
        return new Payer(payerIp, payerWalletId, bankCode, told.identity());
    }

    OrderKey key() {
        return new OrderKey(
                accountId, orderNumber, subMerchantId, flow, channelAmount(), createdAt);
    }

    String orderNumber() {
        return orderNumber;
    }

    String paymentId() {
        return paymentId;
    }

    PaymentMethod method() {
        return method;
    }

    ChannelCode channel() {
        return channel;
    }

    String accountId() {
        return accountId;
    }

    String subMerchantId() {
        return subMerchantId;
    }

    String categoryCode() {
        return categoryCode;
    }

    Flow flow() {
        return flow;
    }

    @Nullable String bankCode() {
        return bankCode;
    }

    Money amount() {
        return Amounts.of(amountMinor, currency);
    }

    /** What the channel was told to charge. */
    Money channelAmount() {
        return Amounts.of(channelAmountMinor, channelCurrency);
    }

    Instant expiresAt() {
        return expiresAt;
    }

    AttemptStatus status() {
        return status;
    }

    @Nullable String channelReference() {
        return channelReference;
    }

    /**
     * Yuan per unit as the payer feels it, our margin included; null where the channel converts.
     */
    @Nullable BigDecimal payerRate() {
        return rate == null || rateMargin == null
                ? null
                : rate.multiply(BigDecimal.ONE.add(rateMargin)).setScale(10, RoundingMode.UP);
    }

    /**
     * The rate we charged by before our margin, and the margin; null where the channel converts.
     */
    @Nullable Exchange exchange() {
        return rate == null || rateMargin == null ? null : new Exchange(rate, rateMargin);
    }

    /**
     * @param rate yuan per unit of the payment's currency
     * @param margin ours on top, as a fraction
     */
    record Exchange(BigDecimal rate, BigDecimal margin) {}

    AttemptView view() {
        return new AttemptView(
                method,
                flow,
                bankCode,
                status,
                status == AttemptStatus.READY ? OfferColumns.offer(offerKind, offer) : null,
                offerKind,
                offerExpiresAt,
                channelAmount(),
                frozenRate());
    }

    private AttemptView.@Nullable FrozenRate frozenRate() {
        var payerRate = payerRate();
        return payerRate == null || rateAsOf == null || rateSource == null
                ? null
                : new AttemptView.FrozenRate(payerRate, rateAsOf, rateSource);
    }

    /** For logs: nothing to pay with is in it. */
    @Override
    public String toString() {
        return "Attempt["
                + orderNumber
                + " "
                + status
                + (declineCode == null ? "" : " " + declineCode)
                + (endedAt == null ? ", next query " + nextQueryAt : ", ended " + endedAt)
                + "]";
    }
}

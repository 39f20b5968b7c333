package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.OrderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * One order at a channel for one payment. Number, account, merchant, amount and currency are pinned
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
    private ChannelCode channel;

    @Column(updatable = false)
    private String accountId;

    @Column(updatable = false)
    private String subMerchantId;

    @Column(updatable = false)
    private String categoryCode;

    @Column(updatable = false)
    private String flow;

    @Column(updatable = false)
    private long amountMinor;

    @Column(updatable = false)
    private String currency;

    private AttemptStatus status;
    private @Nullable String qrContent;
    private @Nullable Instant qrExpiresAt;

    @Column(updatable = false)
    private Instant createdAt;

    @Column(updatable = false)
    private Instant expiresAt;

    private @Nullable Instant endedAt;
    private @Nullable String channelReference;
    private @Nullable String declineCode;
    private @Nullable Instant nextQueryAt;

    /** For Hibernate, which fills every column before anybody sees the attempt. */
    @SuppressWarnings("NullAway.Init")
    protected Attempt() {}

    Attempt(
            String orderNumber,
            Payment payment,
            int sequence,
            ChannelAccount account,
            String subMerchantId,
            String categoryCode,
            Instant now) {
        this.orderNumber = orderNumber;
        this.paymentId = payment.id();
        this.sequence = sequence;
        this.channel = account.channel();
        this.accountId = account.id();
        this.subMerchantId = subMerchantId;
        this.categoryCode = categoryCode;
        this.flow = "native";
        this.amountMinor = payment.amount().minorUnits();
        this.currency = payment.amount().currency().code();
        this.status = AttemptStatus.OPENING;
        this.createdAt = now;
        this.expiresAt = payment.expiresAt();
        this.nextQueryAt = now.plus(OPENING_GRACE);
    }

    void ready(String content, Instant until, Instant now) {
        status = AttemptStatus.READY;
        qrContent = content;
        qrExpiresAt = until;
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

    void decline(String code, Instant now) {
        declineCode = code;
        end(AttemptStatus.DECLINED, now);
    }

    void refuse(String code, Instant now) {
        declineCode = code;
        end(AttemptStatus.REFUSED, now);
    }

    void paid(String reference, Instant now) {
        channelReference = reference;
        end(AttemptStatus.PAID, now);
    }

    void surplus(String reference, Instant now) {
        channelReference = reference;
        end(AttemptStatus.SURPLUS, now);
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

    /** The code can still be scanned for long enough to be worth showing. */
    boolean isPresentable(Instant now) {
        return status == AttemptStatus.READY && qrExpiresAt != null && now.isBefore(qrExpiresAt);
    }

    ChannelOrder order(String description) {
        return new ChannelOrder(key(), categoryCode, amount(), description, createdAt, expiresAt);
    }

    OrderKey key() {
        return new OrderKey(accountId, orderNumber, subMerchantId);
    }

    String orderNumber() {
        return orderNumber;
    }

    String paymentId() {
        return paymentId;
    }

    int sequence() {
        return sequence;
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

    String flow() {
        return flow;
    }

    Money amount() {
        return Amounts.of(amountMinor, currency);
    }

    long amountMinor() {
        return amountMinor;
    }

    String currency() {
        return currency;
    }

    AttemptStatus status() {
        return status;
    }

    @Nullable String channelReference() {
        return channelReference;
    }

    AttemptView view() {
        return new AttemptView(channel.wireName(), flow, status, qrContent, qrExpiresAt);
    }

    /** For logs: no code to scan is in it. */
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

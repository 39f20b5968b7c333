package io.ferrypay.paymentchannel.payment;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.money.Currency;
import io.ferrypay.money.ExchangeRate;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.merchant.Merchant.Registration;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Payments that never happened, for a demo that has something to show; in test mode only. Rows are
 * written as they would stand there at the end, with times of the past. The event of that end goes
 * through the outbox in the same transaction, at the time at which it is written, because a feed
 * tells what is new: so books and webhooks follow as for any payment, and say today. No channel has
 * heard of these orders.
 */
@Component
@ConditionalOnProperty("ferry.demo.past-activity")
public class PastPayments {

    private static final Currency YUAN = Currency.of("CNY");

    private final JdbcClient jdbc;
    private final Payments payments;
    private final Attempts attempts;
    private final PaymentEvents events;
    private final OrderNumbers orderNumbers;

    PastPayments(
            JdbcClient jdbc,
            Payments payments,
            Attempts attempts,
            PaymentEvents events,
            OrderNumbers orderNumbers) {
        this.jdbc = jdbc;
        this.payments = payments;
        this.attempts = attempts;
        this.events = events;
        this.orderNumbers = orderNumbers;
    }

    /** How a payer tried to pay. */
    public record Way(
            PaymentMethod method,
            Flow flow,
            @Nullable String bankCode,
            ChannelAccount account,
            Registration registration) {}

    /**
     * @param end paid, failed, expired or canceled
     * @param way null if nobody tried
     * @param rate yuan per unit on that day
     * @param margin ours, where we convert; else null
     */
    public record PastPayment(
            String merchantId,
            String reference,
            Money amount,
            String product,
            PaymentStatus end,
            @Nullable Way way,
            BigDecimal rate,
            @Nullable BigDecimal margin,
            @Nullable String staticCode,
            @Nullable String notifyUrl,
            Instant createdAt,
            Instant endedAt) {}

    /**
     * What was written.
     *
     * @param orderNumber of its attempt, if there was one
     * @param charge what the channel was told to take
     * @param payer what the payer paid
     */
    public record Written(
            String paymentId, @Nullable String orderNumber, Money charge, Money payer) {}

    public boolean isThereOneLike(String merchantId, String referencePrefix) {
        return jdbc.sql(
                        """
                        select exists (select from payment where merchant_id = ? and not livemode
                            and merchant_reference >= ? and merchant_reference < ?)
                        """)
                .params(merchantId, referencePrefix, referencePrefix + "~")
                .query(Boolean.class)
                .single();
    }

    /** Within the caller's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Written write(PastPayment past) {
        var margin = past.margin();
        var payerRate =
                margin == null
                        ? past.rate()
                        : past.rate()
                                .multiply(BigDecimal.ONE.add(margin))
                                .setScale(10, java.math.RoundingMode.UP);
        var payer =
                new ExchangeRate(past.amount().currency(), YUAN, payerRate)
                        .convertToCover(past.amount());
        var charge = margin == null ? past.amount() : payer;
        var way = past.way();
        var paid = past.end() == PaymentStatus.PAID;
        var id = "pay_" + UlidCreator.getUlid(past.createdAt().toEpochMilli());
        var channelReference = "PAST" + id.substring("pay_".length());
        insertPayment(past, id, paid, payer, payerRate, channelReference);
        var orderNumber = way == null ? null : orderNumbers.next(past.createdAt());
        if (way != null && orderNumber != null) {
            insertAttempt(past, way, id, orderNumber, charge, channelReference);
        }
        var payment = payments.findById(id).orElseThrow();
        if (paid) {
            var attempt = attempts.findById(Objects.requireNonNull(orderNumber)).orElseThrow();
            events.paid(payment, attempt, PaymentStatus.PENDING);
        } else {
            events.moved(payment, way == null ? PaymentStatus.CREATED : PaymentStatus.PENDING);
        }
        return new Written(id, orderNumber, charge, payer);
    }

    private void insertPayment(
            PastPayment past,
            String id,
            boolean paid,
            Money payer,
            BigDecimal payerRate,
            String channelReference) {
        var way = past.way();
        var failed = past.end() == PaymentStatus.FAILED;
        jdbc.sql(
                        """
                        insert into payment (id, version, merchant_id, livemode, merchant_reference, status,
                            amount_minor, currency, product_name, return_url, notify_url, locale,
                            allowed_methods, metadata, nonce_generation, nonce_hash, created_at, expires_at,
                            ended_at, paid_at, method, flow, bank_code, channel_reference,
                            payer_amount_minor, payer_currency, executed_rate, failure_code, decline_code,
                            static_code_id)
                        values (:id, 2, :merchant, false, :reference, :status, :amount, :currency, :product,
                            'https://shop.example/checkout/done', :notify, 'zh-CN',
                            'wechat,alipay,jdpay,onlinebank', '{}', 1, sha256(:id::bytea), :created,
                            :expires, :ended, :paid, :method, :flow, :bank, :channelReference, :payer,
                            :payerCurrency, :rate, :failure, :decline, :code)
                        """)
                .param("id", id)
                .param("merchant", past.merchantId())
                .param("reference", past.reference())
                .param("status", past.end().wireName())
                .param("amount", past.amount().minorUnits())
                .param("currency", past.amount().currency().code())
                .param("product", past.product())
                .param("notify", past.notifyUrl())
                .param("created", Timestamp.from(past.createdAt()))
                .param("expires", Timestamp.from(expiry(past)))
                .param("ended", Timestamp.from(past.endedAt()))
                .param("paid", paid ? Timestamp.from(past.endedAt()) : null)
                .param("method", way == null ? null : way.method().wireName())
                .param("flow", way == null ? null : way.flow().wireName())
                .param("bank", way == null ? null : way.bankCode())
                .param("channelReference", paid ? channelReference : null)
                .param("payer", paid ? payer.minorUnits() : null)
                .param("payerCurrency", paid ? "CNY" : null)
                .param("rate", paid ? payerRate : null)
                .param("failure", failed ? "declined" : null)
                .param("decline", failed ? "NOTENOUGH" : null)
                .param("code", past.staticCode())
                .update();
    }

    private void insertAttempt(
            PastPayment past,
            Way way,
            String paymentId,
            String orderNumber,
            Money charge,
            String channelReference) {
        var paid = past.end() == PaymentStatus.PAID;
        var converted = past.margin() != null;
        var status =
                switch (past.end()) {
                    case PAID -> "paid";
                    case FAILED -> "declined";
                    case EXPIRED -> "lapsed";
                    default -> "closed";
                };
        jdbc.sql(
                        """
                        insert into attempt (order_number, version, payment_id, sequence, method, channel,
                            account_id, sub_merchant_id, category_code, flow, amount_minor, currency,
                            channel_amount_minor, channel_currency, rate, rate_margin, rate_as_of,
                            rate_source, bank_code, status, created_at, expires_at, ended_at, paid_at,
                            channel_reference, decline_code)
                        values (:order, 1, :payment, 1, :method, :channel, :account, :sub, :category, :flow,
                            :amount, :currency, :charge, :chargeCurrency, :rate, :margin, :asOf, :source,
                            :bank, :status, :created, :expires, :ended, :paid, :reference, :decline)
                        """)
                .param("order", orderNumber)
                .param("payment", paymentId)
                .param("method", way.method().wireName())
                .param("channel", way.account().channel().wireName())
                .param("account", way.account().id())
                .param("sub", way.registration().subMerchantId())
                .param("category", way.registration().categoryCode())
                .param("flow", way.flow().name().toLowerCase(Locale.ROOT))
                .param("amount", past.amount().minorUnits())
                .param("currency", past.amount().currency().code())
                .param("charge", charge.minorUnits())
                .param("chargeCurrency", charge.currency().code())
                .param("rate", converted ? past.rate() : null)
                .param("margin", past.margin())
                .param("asOf", converted ? Timestamp.from(past.createdAt()) : null)
                .param("source", converted ? "operator" : null)
                .param("bank", way.bankCode())
                .param("status", status)
                .param("created", Timestamp.from(past.createdAt()))
                .param("expires", Timestamp.from(expiry(past)))
                .param("ended", Timestamp.from(past.endedAt()))
                .param("paid", paid ? Timestamp.from(past.endedAt()) : null)
                .param("reference", paid ? channelReference : null)
                .param("decline", past.end() == PaymentStatus.FAILED ? "NOTENOUGH" : null)
                .update();
    }

    private static Instant expiry(PastPayment past) {
        return past.createdAt().plus(Duration.ofMinutes(15));
    }
}

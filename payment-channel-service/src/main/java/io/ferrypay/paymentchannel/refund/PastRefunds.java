package io.ferrypay.paymentchannel.refund;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.payment.PastPayments.PastPayment;
import io.ferrypay.paymentchannel.payment.PastPayments.Way;
import io.ferrypay.paymentchannel.payment.PastPayments.Written;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Refunds of payments that never happened: as {@code PastPayments} writes those, and told as they
 * are.
 */
@Component
@ConditionalOnProperty("ferry.demo.past-activity")
public class PastRefunds {

    private final JdbcClient jdbc;
    private final Refunds refunds;
    private final RefundEvents events;

    PastRefunds(JdbcClient jdbc, Refunds refunds, RefundEvents events) {
        this.jdbc = jdbc;
        this.refunds = refunds;
        this.events = events;
    }

    /**
     * Within the caller's transaction.
     *
     * @param amount of the payment's; the only refund it has
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void write(PastPayment past, Way way, Written payment, Money amount, Instant createdAt) {
        var id = "re_" + UlidCreator.getUlid(createdAt.toEpochMilli());
        var number = "RP" + id.substring("re_".length(), "re_".length() + 22);
        var fromCharge = share(payment.charge(), amount, past.amount());
        var fromPayer = share(payment.payer(), amount, past.amount());
        var order = Objects.requireNonNull(payment.orderNumber());
        jdbc.sql("update payment set refunded_minor = ? where id = ?")
                .params(amount.minorUnits(), payment.paymentId())
                .update();
        jdbc.sql("update attempt set refund_channel_minor = ? where order_number = ?")
                .params(fromCharge.minorUnits(), order)
                .update();
        jdbc.sql(
                        """
                        insert into refund (id, version, kind, payment_id, merchant_id, livemode, order_number,
                            account_id, refund_number, status, amount_minor, currency,
                            channel_amount_minor, channel_currency, payer_amount_minor, payer_currency,
                            reason, notify_url, submission, channel_reference, created_at, ended_at)
                        values (:id, 2, 'requested', :payment, :merchant, false, :order, :account, :number,
                            'succeeded', :amount, :currency, :charge, :chargeCurrency, :payer,
                            :payerCurrency, 'requested_by_customer', :notify, 'accepted', :reference,
                            :created, :ended)
                        """)
                .param("id", id)
                .param("payment", payment.paymentId())
                .param("merchant", past.merchantId())
                .param("order", order)
                .param("account", way.account().id())
                .param("number", number)
                .param("amount", amount.minorUnits())
                .param("currency", amount.currency().code())
                .param("charge", fromCharge.minorUnits())
                .param("chargeCurrency", fromCharge.currency().code())
                .param("payer", fromPayer.minorUnits())
                .param("payerCurrency", fromPayer.currency().code())
                .param("notify", past.notifyUrl())
                .param("reference", "PAST" + number)
                .param("created", Timestamp.from(createdAt))
                .param("ended", Timestamp.from(createdAt.plus(Duration.ofSeconds(4))))
                .update();
        events.ended(refunds.lock(id).orElseThrow(), RefundStatus.PENDING);
    }

    private static Money share(Money whole, Money part, Money of) {
        return Money.ofMinor(
                BigInteger.valueOf(whole.minorUnits())
                        .multiply(BigInteger.valueOf(part.minorUnits()))
                        .divide(BigInteger.valueOf(of.minorUnits()))
                        .longValueExact(),
                whole.currency());
    }
}

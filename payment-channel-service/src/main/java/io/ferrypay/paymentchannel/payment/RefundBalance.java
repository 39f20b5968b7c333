package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * How much of a payment can still go back. What is promised is reserved first, in the caller's
 * transaction; the table's own constraints refuse more than was paid, whoever asks and however many
 * at the same time.
 */
@Repository
@Transactional(propagation = Propagation.MANDATORY)
public class RefundBalance {

    private static final String ORDER_COLUMNS =
            """
            a.account_id, a.order_number, a.sub_merchant_id, a.flow, a.channel_amount_minor,
            a.channel_currency, a.created_at, a.channel_reference, a.amount_minor, a.currency,
            a.refund_channel_minor, a.paid_at
            """;

    private static final String SURPLUS =
            "select "
                    + ORDER_COLUMNS
                    + """
                    , d.payment_id, d.merchant_id, d.livemode, d.reason, p.notify_url
                      from refund_due d
                      join attempt a on a.order_number = d.order_number
                      join payment p on p.id = d.payment_id
                     where d.refund_id is null
                    """;

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final PaymentChanges changes;

    RefundBalance(JdbcClient jdbc, JdbcTemplate batches, PaymentChanges changes) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.changes = changes;
    }

    /** Nobody else refunds the merchant's payment, or moves it, until the transaction ends. */
    public Optional<RefundablePayment> lock(String merchantId, Mode mode, String paymentId) {
        if (!PaymentIds.isPaymentId(paymentId)) {
            return Optional.empty();
        }
        return jdbc.sql(
                        """
                        select status, amount_minor, currency, refund_reserved_minor + refunded_minor,
                            payer_amount_minor, payer_currency, notify_url
                          from payment
                         where id = ? and merchant_id = ? and livemode = ?
                           for no key update
                        """)
                .param(paymentId)
                .param(merchantId)
                .param(mode.livemode())
                .query((row, _) -> {
                    var amount = Amounts.of(row.getLong(2), row.getString(3));
                    var payerMinor = row.getLong(5);
                    var payerCurrency = row.getString(6);
                    return new RefundablePayment(
                            paymentId,
                            PaymentStatus.ofWireName(row.getString(1)),
                            amount,
                            amount.minus(Amounts.of(row.getLong(4), row.getString(3))),
                            payerCurrency == null ? null : Amounts.of(payerMinor, payerCurrency),
                            row.getString(7),
                            paidFor(paymentId));
                })
                .optional();
    }

    private @Nullable PaidOrder paidFor(String paymentId) {
        return jdbc.sql(
                        "select "
                                + ORDER_COLUMNS
                                + " from attempt a where a.payment_id = ? and a.status = 'paid'")
                .param(paymentId)
                .query((row, _) -> paidOrder(row))
                .optional()
                .orElse(null);
    }

    /** An order that took money, for its payment or beyond it. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Optional<PaidOrder> paidOrder(String orderNumber) {
        return jdbc.sql(
                        "select "
                                + ORDER_COLUMNS
                                + " from attempt a where a.order_number = ? and a.status in ('paid', 'surplus')")
                .param(orderNumber)
                .query((row, _) -> paidOrder(row))
                .optional();
    }

    private static PaidOrder paidOrder(ResultSet row) throws SQLException {
        return new PaidOrder(
                new OrderKey(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Flow.ofWireName(row.getString(4)).orElseThrow(),
                        Amounts.of(row.getLong(5), row.getString(6)),
                        row.getTimestamp(7).toInstant()),
                row.getString(8),
                Amounts.of(row.getLong(9), row.getString(10)),
                Amounts.of(row.getLong(11), row.getString(6)),
                row.getTimestamp(12).toInstant());
    }

    /** Whose an order is that took money. */
    public Optional<OrderOwner> ownerOf(String orderNumber) {
        return jdbc.sql(
                        """
                        select p.id, p.merchant_id, p.livemode, a.status = 'surplus'
                          from attempt a join payment p on p.id = a.payment_id
                         where a.order_number = ? and a.status in ('paid', 'surplus')
                        """)
                .param(orderNumber)
                .query((row, _) ->
                        new OrderOwner(
                                row.getString(1),
                                row.getString(2),
                                row.getBoolean(3) ? Mode.LIVE : Mode.TEST,
                                row.getBoolean(4)))
                .optional();
    }

    /**
     * Sets money aside that is to go back.
     *
     * @param fromCharge the same in what the channel was told to charge
     * @return whether there was as much left
     */
    public boolean reserve(String paymentId, PaidOrder order, Money amount, Money fromCharge) {
        var reserved =
                jdbc.sql(
                                """
                                update payment set refund_reserved_minor = refund_reserved_minor + ?
                                 where id = ? and status = 'paid' and currency = ?
                                   and refund_reserved_minor + refunded_minor + ? <= amount_minor
                                """)
                        .param(amount.minorUnits())
                        .param(paymentId)
                        .param(amount.currency().code())
                        .param(amount.minorUnits())
                        .update();
        return reserved == 1
                && takeFromCharge(order.key().orderNumber(), fromCharge.minorUnits()) == 1;
    }

    private int takeFromCharge(String orderNumber, long minorUnits) {
        return jdbc.sql(
                        """
                        update attempt set refund_channel_minor = refund_channel_minor + ?
                         where order_number = ?
                           and refund_channel_minor + ? between 0 and channel_amount_minor
                        """)
                .param(minorUnits)
                .param(orderNumber)
                .param(minorUnits)
                .update();
    }

    /** What was set aside has gone back to the payer. */
    public void refunded(String paymentId, Money amount) {
        var version =
                jdbc.sql(
                                """
                                update payment set version = version + 1,
                                    refund_reserved_minor = refund_reserved_minor - ?,
                                    refunded_minor = refunded_minor + ?
                                 where id = ?
                                returning version
                                """)
                        .param(amount.minorUnits())
                        .param(amount.minorUnits())
                        .param(paymentId)
                        .query(Long.class)
                        .single();
        changes.afterCommit(paymentId, version);
    }

    /** What was set aside stays where it is, and can be refunded again. */
    public void released(String paymentId, String orderNumber, Money amount, Money fromCharge) {
        jdbc.sql(
                        """
                        update payment set refund_reserved_minor = refund_reserved_minor - ?
                         where id = ?
                        """)
                .param(amount.minorUnits())
                .param(paymentId)
                .update();
        surplusReleased(orderNumber, fromCharge);
    }

    private void surplusReleased(String orderNumber, Money fromCharge) {
        if (takeFromCharge(orderNumber, -fromCharge.minorUnits()) != 1) {
            throw new IllegalStateException("more was released than reserved of " + orderNumber);
        }
    }

    /**
     * Money beyond what the payment needed did not go back: another refund is made of it after an
     * hour, then two, four and so on up to a day, until it does.
     */
    public void surplusFailed(String orderNumber, Money fromCharge) {
        surplusReleased(orderNumber, fromCharge);
        jdbc.sql(
                        """
                        update refund_due set refund_id = null, failures = failures + 1,
                            next_try_at = now() + least(interval '1 hour' * power(2, failures), interval '1 day')
                         where order_number = ?
                        """)
                .param(orderNumber)
                .update();
    }

    /** Orders whose surplus could not be given back so far: somebody has to look at them. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public long surplusesThatFailed() {
        return jdbc.sql(
                        "select count(*) from (select 1 from refund_due where refund_id is null and failures > 0 limit 10000) failed")
                .query(Long.class)
                .single();
    }

    /**
     * Money that came in and is owed back, the longest noticed first; nobody else gets the same
     * until the transaction ends.
     */
    public List<SurplusOrder> takeSurplus(int limit) {
        return jdbc.sql(
                        SURPLUS
                                + """
                                   and d.next_try_at <= now()
                                 order by d.next_try_at
                                 limit ?
                                   for update of d skip locked
                                """)
                .param(limit)
                .query((row, _) -> surplusOrder(row))
                .list();
    }

    /** As {@link #takeSurplus(int)}, of one order; empty when it is being given back already. */
    public Optional<SurplusOrder> takeSurplusOf(String orderNumber) {
        return jdbc.sql(SURPLUS + " and d.order_number = ? for update of d")
                .param(orderNumber)
                .query((row, _) -> surplusOrder(row))
                .optional();
    }

    private static SurplusOrder surplusOrder(ResultSet row) throws SQLException {
        return new SurplusOrder(
                row.getString(13),
                row.getString(14),
                row.getBoolean(15) ? Mode.LIVE : Mode.TEST,
                row.getString(16),
                row.getString(17),
                paidOrder(row));
    }

    /** Which refunds give it back, by order number: the whole charge of each. */
    public void surplusReserved(List<SurplusRefund> refunds) {
        var rows =
                refunds.stream()
                        .map(refund -> new Object[] {refund.refundId(), refund.orderNumber()})
                        .toList();
        batches.batchUpdate("update refund_due set refund_id = ? where order_number = ?", rows);
        batches.batchUpdate(
                """
                update attempt set refund_channel_minor = refund_channel_minor + channel_amount_minor
                 where order_number = ?
                """,
                refunds.stream().map(refund -> new Object[] {refund.orderNumber()}).toList());
    }

    /**
     * Money owed back.
     *
     * @param why {@code second_payment} or {@code late_payment}
     */
    public record SurplusOrder(
            String paymentId,
            String merchantId,
            Mode mode,
            String why,
            @Nullable String notifyUrl,
            PaidOrder order) {}

    /**
     * Whose an order is.
     *
     * @param surplus whether its money is beyond what the payment needed
     */
    public record OrderOwner(String paymentId, String merchantId, Mode mode, boolean surplus) {}

    /** The refund that gives an order's money back. */
    public record SurplusRefund(String refundId, String orderNumber) {}
}

package io.ferrypay.paymentchannel.statement;

import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.PaymentChannel;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Service;

/**
 * What we hold of an account's money, in the words of a statement, for whoever compares the two.
 * Read in pages, each a short query of its own, so that neither memory nor a snapshot of the
 * database grows with the day. Whatever is committed behind the page that was just read is missing:
 * it can be asked for by its number.
 */
@Service
public class ListRecords {

    private static final int PAGE = 5_000;

    private static final String PAYMENT =
            """
            select 'payment' as kind, a.status, a.order_number, a.channel_reference,
                   null as refund_number, null as refund_reference, a.sub_merchant_id,
                   a.channel_amount_minor as amount_minor, a.channel_currency as currency,
                   case when a.status = 'paid' and p.payer_currency = 'CNY' then p.payer_amount_minor end as yuan_minor,
                   case when a.status = 'paid' and a.channel_currency <> 'CNY' then p.executed_rate end as rate,
                   a.paid_at as happened_at, p.merchant_id, p.id as owner_id
              from attempt a join payment p on p.id = a.payment_id
            """;

    private static final String REFUND =
            """
            select 'refund' as kind, r.status, r.order_number, a.channel_reference,
                   r.refund_number, r.channel_reference as refund_reference, a.sub_merchant_id,
                   r.channel_amount_minor as amount_minor, r.channel_currency as currency,
                   case when r.payer_currency = 'CNY' then r.payer_amount_minor end as yuan_minor,
                   null::numeric as rate,
                   r.ended_at as happened_at, r.merchant_id, r.id as owner_id
              from refund r join attempt a on a.order_number = r.order_number
            """;

    private final Channels channels;
    private final JdbcClient jdbc;

    ListRecords(Channels channels, JdbcClient jdbc) {
        this.channels = channels;
        this.jdbc = jdbc;
    }

    /** Takes records one by one. */
    @FunctionalInterface
    public interface Sink {
        void take(PlatformRecord row) throws IOException;
    }

    public boolean knows(String accountId) {
        return channels.ability(accountId, PaymentChannel.class).isPresent();
    }

    /**
     * Payments that took money in that time, needed or not, and refunds that succeeded in it.
     *
     * @param until not included
     * @return how many there were
     */
    public long between(String accountId, Instant from, Instant until, Sink sink)
            throws IOException {
        return pages(PAYMENT, "a.paid_at", "a.order_number", "", accountId, from, until, sink)
                + pages(
                        REFUND,
                        "r.ended_at",
                        "r.refund_number",
                        " and r.status = 'succeeded'",
                        accountId,
                        from,
                        until,
                        sink);
    }

    /**
     * The orders and refunds of these numbers, whatever became of them; unknown ones are absent.
     */
    public long numbered(
            String accountId,
            Collection<String> orderNumbers,
            Collection<String> refundNumbers,
            Sink sink)
            throws IOException {
        long found = 0;
        if (!orderNumbers.isEmpty()) {
            found +=
                    pass(
                                    jdbc.sql(
                                                    PAYMENT
                                                            + " where a.account_id = :account and a.order_number in (:numbers)"
                                                            + " order by a.order_number")
                                            .param("account", accountId)
                                            .param("numbers", orderNumbers),
                                    sink)
                            .size();
        }
        if (!refundNumbers.isEmpty()) {
            found +=
                    pass(
                                    jdbc.sql(
                                                    REFUND
                                                            + " where r.account_id = :account and r.refund_number in (:numbers)"
                                                            + " order by r.refund_number")
                                            .param("account", accountId)
                                            .param("numbers", refundNumbers),
                                    sink)
                            .size();
        }
        return found;
    }

    private long pages(
            String query,
            String time,
            String number,
            String condition,
            String accountId,
            Instant from,
            Instant until,
            Sink sink)
            throws IOException {
        var page =
                query
                        + " where %s.account_id = :account and %s < :until and (%s, %s) > (:from, :after)%s"
                                .formatted(time.substring(0, 1), time, time, number, condition)
                        + " order by %s, %s limit %d".formatted(time, number, PAGE);
        long passed = 0;
        var at = from.minusNanos(1_000); // The database's smallest step: "from" itself is in.
        var after = "~";
        while (true) {
            var rows =
                    pass(
                            jdbc.sql(page)
                                    .param("account", accountId)
                                    .param("until", until.atOffset(ZoneOffset.UTC))
                                    .param("from", at.atOffset(ZoneOffset.UTC))
                                    .param("after", after),
                            sink);
            passed += rows.size();
            if (rows.size() < PAGE) {
                return passed;
            }
            at = rows.getLast().movedAt();
            after = rows.getLast().number();
        }
    }

    private static List<PlatformRecord> pass(StatementSpec query, Sink sink) throws IOException {
        var rows = query.query((row, _) -> read(row)).list();
        for (var row : rows) {
            sink.take(row);
        }
        return rows;
    }

    private static PlatformRecord read(ResultSet row) throws SQLException {
        var happened = row.getTimestamp("happened_at");
        return new PlatformRecord(
                row.getString("kind"),
                row.getString("status"),
                row.getString("order_number"),
                row.getString("channel_reference"),
                row.getString("refund_number"),
                row.getString("refund_reference"),
                row.getString("sub_merchant_id"),
                row.getLong("amount_minor"),
                row.getString("currency"),
                row.getObject("yuan_minor", Long.class),
                row.getBigDecimal("rate"),
                happened == null ? null : happened.toInstant(),
                row.getString("merchant_id"),
                row.getString("owner_id"));
    }
}

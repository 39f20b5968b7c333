package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderBook;
import io.ferrypay.paymentchannel.channel.OrderKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Looks attempts up for channels, without their being loaded as entities. */
@Repository
class OrdersByDay implements OrderBook {

    /** The Chinese calendar has had no daylight saving since 1991. */
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    /** No payment waits longer for its payer; keeps the look at a day small. */
    private static final int LONGEST_WAIT_DAYS = 31;

    private static final String KEY =
            """
            select account_id, order_number, sub_merchant_id, flow, channel_amount_minor,
                   channel_currency, created_at, status in ('paid', 'surplus') as took_money
              from attempt
            """;

    private final JdbcClient jdbc;

    OrdersByDay(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<OrderKey> find(String accountId, String orderNumber) {
        return jdbc.sql(KEY + " where order_number = ? and account_id = ?")
                .param(orderNumber)
                .param(accountId)
                .query((row, _) -> key(row))
                .optional();
    }

    @Override
    public List<BookedOrder> ofDay(String accountId, LocalDate day, String after, int limit) {
        return jdbc.sql(
                        KEY
                                + """
                                 where account_id = :account and order_number > :after
                                   and flow = 'bank'
                                   and created_at >= :earliest and created_at < :until
                                   and (paid_at >= :from and paid_at < :until
                                        or paid_at is null and created_at >= :from)
                                 order by order_number
                                 limit :limit
                                """)
                .param("account", accountId)
                .param("after", after)
                .param("earliest", at(day.minusDays(LONGEST_WAIT_DAYS)))
                .param("from", at(day))
                .param("until", at(day.plusDays(1)))
                .param("limit", limit)
                .query((row, _) -> new BookedOrder(key(row), row.getBoolean("took_money")))
                .list();
    }

    private static OrderKey key(ResultSet row) throws SQLException {
        return new OrderKey(
                row.getString("account_id"),
                row.getString("order_number"),
                row.getString("sub_merchant_id"),
                Flow.ofWireName(row.getString("flow")).orElseThrow(),
                Amounts.of(row.getLong("channel_amount_minor"), row.getString("channel_currency")),
                row.getTimestamp("created_at").toInstant());
    }

    private static Timestamp at(LocalDate day) {
        return Timestamp.from(day.atTime(LocalTime.MIN).toInstant(BEIJING));
    }
}

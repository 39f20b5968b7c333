package io.ferrypay.paymentchannel.desk;

import static io.ferrypay.paymentchannel.desk.SearchPayments.instant;
import static io.ferrypay.paymentchannel.desk.SearchPayments.money;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.refund.FindRefunds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Refunds of all merchants, for our staff; bounded, whatever is asked for. */
@Service
public class SearchRefunds {

    private static final int MOST_OF_A_NUMBER = 50;
    private static final int MOST_OF_A_PAYMENT = 200;

    private static final String SELECT =
            """
            select t.*, m.display_name from refund t
              left join merchant_copy m on m.merchant_id = t.merchant_id
            """;

    private final JdbcClient jdbc;
    private final BoundedSearch<Line> search;

    SearchRefunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.search = new BoundedSearch<>(jdbc, "refund", SELECT, (row, _) -> line(row));
    }

    /**
     * A refund.
     *
     * @param refundNumber as its channel knows it
     * @param channelReference the channel's own number
     */
    public record Line(
            String id,
            String kind,
            String payment,
            String merchantId,
            @Nullable String merchantName,
            boolean livemode,
            @Nullable String merchantReference,
            String status,
            Money amount,
            Money charged,
            String orderNumber,
            String account,
            String refundNumber,
            @Nullable String channelReference,
            @Nullable String reason,
            @Nullable String failureCode,
            @Nullable String declineCode,
            Instant createdAt,
            @Nullable Instant endedAt) {}

    /** The newest first. */
    public SearchedPage<Line> page(Search wanted) {
        if (wanted.number() != null) {
            return new SearchedPage<>(byNumber(wanted.number()), null);
        }
        var last = FindRefunds.firstIdAt(wanted.until());
        return search.page(
                wanted,
                FindRefunds.firstIdAt(wanted.from()),
                wanted.before() != null && wanted.before().compareTo(last) < 0
                        ? wanted.before()
                        : last,
                Line::id);
    }

    private List<Line> byNumber(String number) {
        return jdbc.sql(
                        SELECT
                                + """
                                 where t.id in (
                                    select :number
                                    union select id from refund where refund_number = :number
                                    union (select id from refund where payment_id = :number limit :most)
                                    union (select id from refund where order_number = :number limit :most)
                                    union (select id from refund where channel_reference = :number limit :most)
                                    union (select id from refund where merchant_reference = :number limit :most))
                                 order by t.id desc limit :most
                                """)
                .param("number", number)
                .param("most", MOST_OF_A_NUMBER)
                .query((row, _) -> line(row))
                .list();
    }

    /** The oldest first. */
    public List<Line> ofPayment(String payment) {
        return jdbc.sql(SELECT + " where t.payment_id = ? order by t.id limit ?")
                .params(payment, MOST_OF_A_PAYMENT)
                .query((row, _) -> line(row))
                .list();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString("id"),
                row.getString("kind"),
                row.getString("payment_id"),
                row.getString("merchant_id"),
                row.getString("display_name"),
                row.getBoolean("livemode"),
                row.getString("merchant_reference"),
                row.getString("status"),
                money(row, "amount_minor", "currency"),
                money(row, "channel_amount_minor", "channel_currency"),
                row.getString("order_number"),
                row.getString("account_id"),
                row.getString("refund_number"),
                row.getString("channel_reference"),
                row.getString("reason"),
                row.getString("failure_code"),
                row.getString("decline_code"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "ended_at"));
    }
}

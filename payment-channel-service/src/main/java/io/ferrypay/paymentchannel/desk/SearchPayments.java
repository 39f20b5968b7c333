package io.ferrypay.paymentchannel.desk;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.payment.FindPayments;
import io.ferrypay.paymentchannel.risk.ScreenPayment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Payments of all merchants, for our staff; bounded, whatever is asked for. */
@Service
public class SearchPayments {

    /** A number that fits more than that is none that helps. */
    private static final int MOST_OF_A_NUMBER = 50;

    private static final int MOST_PARTS = 200;

    private static final String SELECT =
            """
            select t.*, m.display_name from payment t
              left join merchant_copy m on m.merchant_id = t.merchant_id
            """;

    private final JdbcClient jdbc;
    private final BoundedSearch<Line> search;

    SearchPayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.search = new BoundedSearch<>(jdbc, "payment", SELECT, (row, _) -> line(row));
    }

    /**
     * A payment in a list.
     *
     * @param merchantName null for a merchant that we have not heard of
     * @param refunded what went back
     */
    public record Line(
            String id,
            String merchantId,
            @Nullable String merchantName,
            boolean livemode,
            String merchantReference,
            String status,
            Money amount,
            Money refunded,
            @Nullable Money payerAmount,
            @Nullable String method,
            Instant createdAt,
            @Nullable Instant paidAt) {}

    /** A try to pay. */
    public record Attempt(
            String orderNumber,
            String channel,
            String account,
            String method,
            String flow,
            String status,
            Money charged,
            @Nullable String channelReference,
            @Nullable String declineCode,
            Instant createdAt,
            @Nullable Instant endedAt) {}

    /**
     * All of one payment. The last four are of the payer, and personal.
     *
     * @param heldWhenMade whether a rule wanted to hold it before anybody had paid
     * @param payer a hash that is the same in cases of risk; null where the wallet does not say
     */
    public record Whole(
            Line payment,
            String productName,
            @Nullable String staticCode,
            @Nullable String store,
            @Nullable String device,
            @Nullable String channelReference,
            @Nullable String failureCode,
            @Nullable String declineCode,
            Money surplus,
            boolean paidLate,
            Instant expiresAt,
            @Nullable Instant endedAt,
            List<Attempt> attempts,
            boolean heldWhenMade,
            @Nullable String payer,
            @Nullable String payerIp,
            @Nullable String payerEmail,
            @Nullable String payerUserAgent) {}

    /** The newest first. */
    public SearchedPage<Line> page(Search wanted) {
        if (wanted.number() != null) {
            return new SearchedPage<>(byNumber(wanted.number()), null);
        }
        var last = FindPayments.firstIdAt(wanted.until().plus(FindPayments.CLOCK_STEP));
        return search.page(
                wanted,
                FindPayments.firstIdAt(wanted.from().minus(FindPayments.CLOCK_STEP)),
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
                                    union select payment_id from attempt where order_number = :number
                                    union (select payment_id from attempt where channel_reference = :number limit :most)
                                    union (select id from payment where merchant_reference = :number limit :most))
                                 order by t.id desc limit :most
                                """)
                .param("number", number)
                .param("most", MOST_OF_A_NUMBER)
                .query((row, _) -> line(row))
                .list();
    }

    public Optional<Whole> find(String id) {
        return jdbc.sql(SELECT + " where t.id = ?")
                .param(id)
                .query((row, _) -> whole(row))
                .optional();
    }

    private Whole whole(ResultSet row) throws SQLException {
        var line = line(row);
        return new Whole(
                line,
                row.getString("product_name"),
                row.getString("static_code_id"),
                row.getString("store_id"),
                row.getString("device_id"),
                row.getString("channel_reference"),
                row.getString("failure_code"),
                row.getString("decline_code"),
                money(row, "surplus_minor", "currency"),
                row.getBoolean("paid_late"),
                row.getTimestamp("expires_at").toInstant(),
                instant(row, "ended_at"),
                attempts(line.id()),
                row.getString("risk_hold") != null,
                payer(line.id()),
                row.getString("payer_ip"),
                row.getString("payer_email"),
                row.getString("payer_user_agent"));
    }

    private List<Attempt> attempts(String payment) {
        return jdbc.sql("select * from attempt where payment_id = ? order by sequence limit ?")
                .params(payment, MOST_PARTS)
                .query((row, _) ->
                        new Attempt(
                                row.getString("order_number"),
                                row.getString("channel"),
                                row.getString("account_id"),
                                row.getString("method"),
                                row.getString("flow"),
                                row.getString("status"),
                                money(row, "channel_amount_minor", "channel_currency"),
                                row.getString("channel_reference"),
                                row.getString("decline_code"),
                                row.getTimestamp("created_at").toInstant(),
                                instant(row, "ended_at")))
                .list();
    }

    private @Nullable String payer(String payment) {
        return jdbc.sql(
                        """
                        select method, payer_wallet_id from attempt
                         where payment_id = ? and payer_wallet_id is not null
                         order by sequence desc limit 1
                        """)
                .param(payment)
                .query((row, _) -> ScreenPayment.payer(row.getString(1), row.getString(2)))
                .optional()
                .orElse(null);
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getString("id"),
                row.getString("merchant_id"),
                row.getString("display_name"),
                row.getBoolean("livemode"),
                row.getString("merchant_reference"),
                row.getString("status"),
                money(row, "amount_minor", "currency"),
                money(row, "refunded_minor", "currency"),
                row.getString("payer_currency") == null
                        ? null
                        : money(row, "payer_amount_minor", "payer_currency"),
                row.getString("method"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "paid_at"));
    }

    static Money money(ResultSet row, String amount, String currency) throws SQLException {
        return Money.ofMinor(row.getLong(amount), Currency.of(row.getString(currency)));
    }

    static @Nullable Instant instant(ResultSet row, String name) throws SQLException {
        var time = row.getTimestamp(name);
        return time == null ? null : time.toInstant();
    }
}

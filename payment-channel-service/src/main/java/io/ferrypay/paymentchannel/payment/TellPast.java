package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.risk.Facts;
import io.ferrypay.paymentchannel.risk.PaymentHistory;
import io.ferrypay.paymentchannel.risk.ScreenPayment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says of payments of the past what {@link LookAtRisk} said when they were under way. */
@Component
class TellPast implements PaymentHistory {

    private final JdbcClient jdbc;

    TellPast(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Past> page(Instant from, Instant until, @Nullable String after, int limit) {
        var first = PaymentIds.firstPossibleId(from);
        return jdbc.sql(
                        """
                        select p.id, p.merchant_id, p.livemode, p.merchant_reference, p.amount_minor,
                               p.currency, p.allowed_methods, p.created_at, p.store_id, p.static_code_id,
                               p.device_id, p.payer_ip, p.status, p.failure_code,
                               p.refunded_minor + p.refund_reserved_minor back, a.method, a.channel,
                               a.ended_at taken_at, a.payer_wallet_id,
                               coalesce(a.payer_ip, p.payer_ip) paid_ip
                          from payment p
                          left join lateral (
                               select * from attempt
                                where payment_id = p.id and status in ('paid', 'surplus')
                                  and channel_reference = p.channel_reference
                                order by ended_at limit 1) a on true
                         where p.id > ? and p.id < ?
                         order by p.id limit ?
                        """)
                .param(after == null ? first : after)
                .param(PaymentIds.firstPossibleId(until))
                .param(limit)
                .query((row, _) -> past(row))
                .list();
    }

    private static Past past(ResultSet row) throws SQLException {
        var takenAt = row.getTimestamp("taken_at");
        var methods = Methods.names(row.getString("allowed_methods"));
        return new Past(
                row.getString("id"),
                row.getString("merchant_reference"),
                facts(
                        row,
                        Facts.Stage.CREATION,
                        methods.size() == 1 ? methods.getFirst() : null,
                        null,
                        row.getTimestamp("created_at").toInstant(),
                        null,
                        row.getString("payer_ip")),
                takenAt == null
                        ? null
                        : facts(
                                row,
                                Facts.Stage.SUCCESS,
                                row.getString("method"),
                                row.getString("channel"),
                                takenAt.toInstant(),
                                ScreenPayment.payer(
                                        row.getString("method"), row.getString("payer_wallet_id")),
                                row.getString("paid_ip")),
                outcome(row));
    }

    private static Facts facts(
            ResultSet row,
            Facts.Stage stage,
            @Nullable String method,
            @Nullable String channel,
            Instant at,
            @Nullable String payer,
            @Nullable String ip)
            throws SQLException {
        return new Facts(
                stage,
                row.getString("merchant_id"),
                row.getBoolean("livemode"),
                Amounts.of(row.getLong("amount_minor"), row.getString("currency")),
                method,
                channel,
                at,
                row.getString("store_id"),
                row.getString("static_code_id"),
                row.getString("device_id"),
                payer,
                ip);
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        if (Payment.isRefusal(row.getString("failure_code"))) {
            return Outcome.REFUSED;
        }
        return switch (PaymentStatus.ofWireName(row.getString("status"))) {
            case PAID -> row.getLong("back") > 0 ? Outcome.REFUNDED : Outcome.KEPT;
            case UNDER_REVIEW -> Outcome.HELD;
            case CREATED, PENDING, PROCESSING, FAILED, CANCELED, EXPIRED -> Outcome.UNPAID;
        };
    }
}

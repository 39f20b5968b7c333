package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A merchant's payments in figures, counted by the database. */
@Service
public class SumUpPayments {

    private final JdbcClient jdbc;

    SumUpPayments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param made how many payments were made, whatever became of them
     * @param paid how many of them are paid
     * @param paidAmount what those come to
     * @param refundedAmount how much of that has gone back since
     */
    public record Figures(long made, long paid, Money paidAmount, Money refundedAmount) {}

    /**
     * What was made in one currency.
     *
     * @param days every day asked for, the first one first
     * @param methods the ways to pay that were chosen
     */
    public record InCurrency(
            String currency,
            Figures total,
            Map<LocalDate, Figures> days,
            Map<PaymentMethod, Figures> methods) {}

    private record Row(
            String currency,
            @Nullable LocalDate day,
            @Nullable PaymentMethod method,
            boolean ofAllDays,
            boolean ofAllMethods,
            Figures figures) {

        private static Row of(ResultSet row) throws SQLException {
            var currency = row.getString("currency");
            var day = row.getDate("day");
            var method = row.getString("method");
            return new Row(
                    currency,
                    day == null ? null : day.toLocalDate(),
                    method == null ? null : PaymentMethod.ofWireName(method).orElseThrow(),
                    row.getInt("all_days") == 1,
                    row.getInt("all_methods") == 1,
                    new Figures(
                            row.getLong("made"),
                            row.getLong("paid"),
                            Amounts.of(row.getLong("paid_minor"), currency),
                            Amounts.of(row.getLong("refunded_minor"), currency)));
        }
    }

    /** Payments count on the day they were made in {@code zone}; {@code last} is included. */
    @Transactional(readOnly = true)
    public List<InCurrency> of(
            String merchantId, Mode mode, LocalDate first, LocalDate last, ZoneId zone) {
        var from = first.atStartOfDay(zone).toInstant();
        var to = last.plusDays(1).atStartOfDay(zone).toInstant();
        var rows =
                jdbc.sql(
                                """
                                select currency, day, method, grouping(day) all_days, grouping(method) all_methods,
                                       count(*) made,
                                       count(*) filter (where status = 'paid') paid,
                                       coalesce(sum(amount_minor) filter (where status = 'paid'), 0)::bigint paid_minor,
                                       sum(refunded_minor)::bigint refunded_minor
                                  from (select currency, method, status, amount_minor, refunded_minor,
                                               (created_at at time zone :zone)::date as day
                                          from payment
                                         where merchant_id = :merchant and livemode = :livemode
                                           and id > :above and id < :below
                                           and created_at >= :from and created_at < :to) made
                                 group by grouping sets ((currency), (currency, day), (currency, method))
                                 order by currency
                                """)
                        .param("zone", zone.getId())
                        .param("merchant", merchantId)
                        .param("livemode", mode.livemode())
                        .param(
                                "above",
                                PaymentIds.firstPossibleId(from.minus(FindPayments.CLOCK_STEP)))
                        .param(
                                "below",
                                PaymentIds.firstPossibleId(to.plus(FindPayments.CLOCK_STEP)))
                        .param("from", timestamp(from))
                        .param("to", timestamp(to))
                        .query((row, _) -> Row.of(row))
                        .list();
        return rows.stream()
                .filter(row -> row.ofAllDays() && row.ofAllMethods())
                .map(total -> inCurrency(total, rows, first, last))
                .toList();
    }

    private static InCurrency inCurrency(
            Row total, List<Row> rows, LocalDate first, LocalDate last) {
        var currency = total.currency();
        var nothing = new Figures(0, 0, Amounts.of(0, currency), Amounts.of(0, currency));
        var days = new TreeMap<LocalDate, Figures>();
        first.datesUntil(last.plusDays(1)).forEach(day -> days.put(day, nothing));
        var methods = new EnumMap<PaymentMethod, Figures>(PaymentMethod.class);
        for (var row : rows) {
            if (!row.currency().equals(currency)) {
                continue;
            }
            if (row.day() != null) {
                days.put(row.day(), row.figures());
            } else if (row.method() != null) {
                methods.put(row.method(), row.figures());
            }
        }
        return new InCurrency(currency, total.figures(), days, methods);
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.from(instant);
    }
}

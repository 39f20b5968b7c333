package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.FeeSchedule.Fee;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * What each payment has brought its merchant so far. Payments and refunds may be told in any order;
 * what they add up to is the same.
 */
@Component
class Positions {

    private final JdbcTemplate jdbc;

    Positions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** A fee, or the next part of it, that goes back because payment and refunds are both told. */
    record Due(String book, String paymentId, Money part) {}

    private static final class Row {
        private final BookedEvent first;
        private @Nullable BookedEvent paid;
        private long refunded;

        private Row(BookedEvent first) {
            this.first = first;
        }
    }

    /** Adds events that are news; the book is locked, so nobody else does at the same time. */
    void move(List<BookedEvent> events, Map<String, Fee> fees) {
        var rows = new LinkedHashMap<String, Row>();
        events.stream()
                .filter(event ->
                        event.kind() == JournalKind.PAYMENT || event.kind() == JournalKind.REFUND)
                // Whoever else changes positions takes them in this order, too.
                .sorted(Comparator.comparing(BookedEvent::paymentId))
                .forEach(event -> {
                    var row =
                            rows.computeIfAbsent(
                                    event.book() + " " + event.paymentId(), _ -> new Row(event));
                    if (event.kind() == JournalKind.PAYMENT) {
                        row.paid = event;
                    } else {
                        row.refunded =
                                Math.addExact(row.refunded, event.merchantAmount().minorUnits());
                    }
                });
        if (!rows.isEmpty()) {
            write(List.copyOf(rows.values()), fees);
        }
    }

    private void write(List<Row> rows, Map<String, Fee> fees) {
        var columns = new Object[13][rows.size()];
        for (var i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var paid = row.paid;
            var terms = paid == null ? null : paid.terms();
            var fee = paid == null ? null : fees.get(paid.paymentId());
            var values =
                    new @Nullable Object[] {
                        row.first.book().wireName(),
                        row.first.paymentId(),
                        row.first.merchantId(),
                        row.first.merchantAmount().currency().code(),
                        paid == null ? null : paid.channel(),
                        terms == null ? null : terms.method(),
                        paid == null ? null : paid.day().toString(),
                        terms == null
                                ? null
                                : Timestamp.from(terms.createdAt()).toInstant().toString(),
                        paid == null ? 0L : paid.merchantAmount().minorUnits(),
                        fee == null ? 0L : fee.amount().minorUnits(),
                        fee == null ? null : fee.list(),
                        fee != null && fee.returns(),
                        row.refunded
                    };
            for (var column = 0; column < values.length; column++) {
                columns[column][i] = values[column];
            }
        }
        jdbc.update(
                """
                insert into payment_position as kept (book, payment_id, merchant_id, currency, channel,
                    method, day, created_at, amount_minor, fee_minor, fee_list, fee_returns, refunded_minor)
                select * from unnest(?, ?, ?, ?, ?, ?, cast(? as date[]), cast(? as timestamptz[]),
                                     ?, ?, ?, ?, ?) p
                on conflict (book, payment_id) do update set
                    channel = coalesce(kept.channel, excluded.channel),
                    method = coalesce(kept.method, excluded.method),
                    day = coalesce(kept.day, excluded.day),
                    created_at = coalesce(kept.created_at, excluded.created_at),
                    amount_minor = kept.amount_minor + excluded.amount_minor,
                    fee_minor = kept.fee_minor + excluded.fee_minor,
                    fee_list = coalesce(kept.fee_list, excluded.fee_list),
                    fee_returns = kept.fee_returns or excluded.fee_returns,
                    refunded_minor = kept.refunded_minor + excluded.refunded_minor
                """,
                statement -> {
                    var connection = statement.getConnection();
                    for (var i = 0; i < columns.length; i++) {
                        var type =
                                switch (i) {
                                    case 8, 9, 12 -> "int8";
                                    case 11 -> "bool";
                                    default -> "text";
                                };
                        statement.setArray(i + 1, connection.createArrayOf(type, columns[i]));
                    }
                });
    }

    /** What of the fees of these payments has to go back and has not yet. */
    List<Due> due(List<BookedEvent> events) {
        var ids = events.stream().map(BookedEvent::paymentId).distinct().toArray(String[]::new);
        return jdbc.query(
                """
                select book, payment_id, currency,
                       round(fee_minor * least(refunded_minor, amount_minor)::numeric / nullif(amount_minor, 0))::bigint
                           - fee_returned_minor as due
                  from payment_position
                 where payment_id = any(?) and fee_returns and fee_minor > 0 and refunded_minor > 0
                   and round(fee_minor * least(refunded_minor, amount_minor)::numeric / nullif(amount_minor, 0))
                       > fee_returned_minor
                """,
                statement ->
                        statement.setArray(1, statement.getConnection().createArrayOf("text", ids)),
                (row, _) ->
                        new Due(
                                row.getString(1),
                                row.getString(2),
                                new Money(row.getLong(4), Currency.of(row.getString(3)))));
    }

    void returned(List<Due> dues) {
        var sorted = new ArrayList<>(dues);
        sorted.sort(Comparator.comparing(Due::book).thenComparing(Due::paymentId));
        jdbc.batchUpdate(
                "update payment_position set fee_returned_minor = fee_returned_minor + ?"
                        + " where book = ? and payment_id = ?",
                sorted,
                sorted.size(),
                (statement, due) -> {
                    statement.setLong(1, due.part().minorUnits());
                    statement.setString(2, due.book());
                    statement.setString(3, due.paymentId());
                });
    }
}

package io.ferrypay.reconcile.compare;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Asks about lines that no record of the day goes with: they may be of a day long ago, or we may
 * hold them as unpaid. Never inside a transaction; what was asked for before a death is asked for
 * again.
 */
final class LookUpFindings {

    private static final int COLUMNS = 14;

    private final JdbcTemplate jdbc;
    private final RecordLookup lookup;
    private final String accountId;
    private final LocalDate day;

    LookUpFindings(JdbcTemplate jdbc, RecordLookup lookup, String accountId, LocalDate day) {
        this.jdbc = jdbc;
        this.lookup = lookup;
        this.accountId = accountId;
        this.day = day;
    }

    private record Alone(long id, String kind, @Nullable String order, @Nullable String refund) {}

    /**
     * @throws IOException when the lookup breaks off
     */
    void ask() throws IOException {
        jdbc.update(
                "delete from finding_record where run_account = ? and run_day = ? and source in ('lookup', 'context')",
                accountId,
                day);
        ask(
                """
                select id, kind, order_number, refund_number from finding_line
                 where run_account = ? and run_day = ? and mask = %d and id > ? order by id limit %d
                """
                        .formatted(Bit.LINE_ONLY.mask(), RecordLookup.MOST / 2));
        ask(
                """
                select dense_rank() over (order by opened_day, kind, subject) as id, kind, order_number, refund_number
                  from carried
                 where account_id = ? and side = 'channel' and opened_day < ?
                   and (cleared_day is null or cleared_day = date '%s')
                """
                        .formatted(day),
                RecordLookup.MOST / 2);
    }

    /** Carried lines have no number of their own; their order does not change meanwhile. */
    private void ask(String ranked, int page) throws IOException {
        ask("select * from (" + ranked + ") ranked where id > ? order by id limit " + page);
    }

    private void ask(String page) throws IOException {
        long after = 0;
        while (true) {
            var alone =
                    jdbc.query(
                            page,
                            (row, _) ->
                                    new Alone(
                                            row.getLong(1),
                                            row.getString(2),
                                            row.getString(3),
                                            row.getString(4)),
                            accountId,
                            day,
                            after);
            if (alone.isEmpty()) {
                return;
            }
            askAbout(alone);
            after = alone.getLast().id();
        }
    }

    private void askAbout(List<Alone> lines) throws IOException {
        var orders = new HashSet<String>();
        var refunds = new HashSet<String>();
        var payments = new HashSet<String>();
        for (var line : lines) {
            if (line.order() != null) {
                orders.add(line.order());
                if (line.kind().equals("payment")) {
                    payments.add(line.order());
                }
            }
            if (line.refund() != null) {
                refunds.add(line.refund());
            }
        }
        var known = new ArrayList<String[]>();
        try (var in =
                new BufferedReader(
                        new InputStreamReader(
                                lookup.numbered(
                                        accountId, List.copyOf(orders), List.copyOf(refunds)),
                                StandardCharsets.UTF_8))) {
            String text = in.readLine();
            while (text != null && !text.startsWith("end\t")) {
                var columns = text.split("\t", -1);
                if (columns.length != COLUMNS) {
                    throw new IOException("a record of " + columns.length + " columns");
                }
                known.add(columns);
                text = in.readLine();
            }
            if (text == null || !text.equals("end\t" + known.size())) {
                throw new EOFException("the records broke off after " + known.size());
            }
        }
        keep(known, payments);
    }

    private void keep(List<String[]> known, Set<String> payments) {
        jdbc.batchUpdate(
                """
                insert into finding_record (run_account, run_day, source, home_day, subject, record_number, kind, status,
                       order_number, channel_reference, refund_number, refund_reference, channel_merchant, amount_minor,
                       currency, yuan_minor, rate, happened_at, merchant_id, owner_id)
                select v.account, v.day, v.source, v.home, v.subject, 0, v.kind, v.status, v.order_number, v.reference,
                       v.refund_number, v.refund_reference, v.merchant, v.amount, v.currency, v.yuan, v.rate,
                       v.happened, v.owner, v.owner_id
                  from (values (?, cast(? as date), ?, cast(? as date), ?, ?, ?, ?, ?, ?, ?, ?, cast(? as bigint), ?,
                        cast(? as bigint), cast(? as numeric), cast(? as timestamptz), ?, ?)) v (account, day, source,
                        home, subject, kind, status, order_number, reference, refund_number, refund_reference, merchant,
                        amount, currency, yuan, rate, happened, owner, owner_id)
                 where not exists (select from finding_record f where f.run_account = v.account and f.run_day = v.day
                                      and f.source in ('lookup', 'context') and f.kind = v.kind and f.subject = v.subject)
                """,
                known,
                known.size(),
                (statement, columns) -> {
                    var kind = columns[0];
                    var order = plain(columns[2]);
                    var refund = plain(columns[4]);
                    var happened = plain(columns[11]);
                    boolean context = kind.equals("payment") && !payments.contains(order);
                    statement.setString(1, accountId);
                    statement.setObject(2, day);
                    statement.setString(3, context ? "context" : "lookup");
                    statement.setObject(4, home(happened), Types.DATE);
                    statement.setString(5, refund == null ? order : refund);
                    statement.setString(6, kind);
                    for (int i = 1; i < COLUMNS - 1; i++) {
                        statement.setString(6 + i, plain(columns[i]));
                    }
                    statement.setString(19, plain(columns[COLUMNS - 1]));
                });
    }

    private static @Nullable LocalDate home(@Nullable String happened) {
        return happened == null
                ? null
                : Instant.parse(happened).atOffset(ZoneOffset.ofHours(8)).toLocalDate();
    }

    /** A value of PostgreSQL's text format. */
    static @Nullable String plain(String column) {
        if (column.equals("\\N")) {
            return null;
        }
        if (column.indexOf('\\') < 0) {
            return column;
        }
        var text = new StringBuilder();
        for (int i = 0; i < column.length(); i++) {
            char c = column.charAt(i);
            if (c == '\\' && i + 1 < column.length()) {
                char next = column.charAt(++i);
                text.append(
                        switch (next) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> next;
                        });
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}

package io.ferrypay.reconcile.board;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what the board shows. */
@Component
class ReadBoard {

    private static final String DAYS =
            """
            select s.account_id, a.channel, a.livemode, s.day, s.state, s.format, s.sha256, s.bytes, s.verified,
                   s.handed_in, s.handed_in_by, s.confirmed_by is not null as confirmed, s.refused_reason,
                   s.changed_at, c.version, c.lines, c.matched, c.differing, c.carried, c.bad, c.records,
                   c.records_matched, c.records_differing, c.records_carried, c.records_elsewhere, c.added, c.gone
              from statement_day s
              join channel_account a on a.account_id = s.account_id
              left join lateral (select * from comparison c
                                  where c.account_id = s.account_id and c.day = s.day
                                  order by version desc limit 1) c on true
            """;

    private static final String OPEN =
            "until_version is null and cleared_day is null and resolved_at is null and type <> 'late'";

    private final JdbcClient jdbc;

    ReadBoard(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A day of an account.
     *
     * @param counts of its last comparison; null before the first
     * @param open differences nobody has decided about, by type
     * @param decided how many stand and are decided
     */
    record Day(
            String account,
            String channel,
            boolean livemode,
            LocalDate day,
            String state,
            @Nullable String refusedReason,
            @Nullable StatementFile file,
            @Nullable Counts counts,
            Map<String, Long> open,
            long decided,
            Instant changedAt) {}

    /**
     * @param handedInBy who brought it; null where we had it from the channel
     * @param confirmed whether somebody else has vouched for what was handed in
     */
    record StatementFile(
            String format,
            String sha256,
            long bytes,
            boolean verified,
            @Nullable String handedInBy,
            boolean confirmed) {}

    /** Lines are matched, differing, carried or bad; records likewise, or told another day. */
    record Counts(
            int version,
            long lines,
            long matched,
            long differing,
            long carried,
            long bad,
            long records,
            long recordsMatched,
            long recordsDiffering,
            long recordsCarried,
            long recordsElsewhere,
            long added,
            long gone) {}

    /** Newest first. */
    List<Day> days(LocalDate from) {
        return days(" where s.day >= ? order by s.day desc, s.account_id", from);
    }

    Optional<Day> day(DayKey key) {
        return days(" where s.account_id = ? and s.day = ?", key.account(), key.day()).stream()
                .findFirst();
    }

    private List<Day> days(String which, Object... values) {
        var open = new HashMap<DayKey, Map<String, Long>>();
        var decided = new HashMap<DayKey, Long>();
        jdbc.sql(
                        """
                        select d.account_id, d.day, case when %s then d.type end as type, count(*)
                          from difference d
                          join (select s.account_id, s.day from statement_day s %s) s
                               on s.account_id = d.account_id and s.day = d.day
                         where d.until_version is null and d.cleared_day is null and d.type <> 'late'
                         group by 1, 2, 3
                        """
                                .formatted(OPEN, which))
                .params(List.of(values))
                .query(row -> {
                    var key = new DayKey(row.getString(1), row.getObject(2, LocalDate.class));
                    var type = row.getString(3);
                    if (type == null) {
                        decided.put(key, row.getLong(4));
                    } else {
                        open.computeIfAbsent(key, _ -> new TreeMap<>()).put(type, row.getLong(4));
                    }
                });
        return jdbc.sql(DAYS + which)
                .params(List.of(values))
                .query((row, _) -> {
                    var key =
                            new DayKey(
                                    row.getString("account_id"),
                                    row.getObject("day", LocalDate.class));
                    return new Day(
                            key.account(),
                            row.getString("channel"),
                            row.getBoolean("livemode"),
                            key.day(),
                            row.getString("state"),
                            row.getString("refused_reason"),
                            file(row),
                            counts(row),
                            open.getOrDefault(key, Map.of()),
                            decided.getOrDefault(key, 0L),
                            row.getTimestamp("changed_at").toInstant());
                })
                .list();
    }

    private static @Nullable StatementFile file(ResultSet row) throws SQLException {
        var sha256 = row.getString("sha256");
        return sha256 == null
                ? null
                : new StatementFile(
                        row.getString("format"),
                        sha256,
                        row.getLong("bytes"),
                        row.getBoolean("verified"),
                        row.getBoolean("handed_in")
                                ? Optional.ofNullable(row.getString("handed_in_by")).orElse("?")
                                : null,
                        row.getBoolean("confirmed"));
    }

    private static @Nullable Counts counts(ResultSet row) throws SQLException {
        var version = row.getObject("version", Integer.class);
        return version == null
                ? null
                : new Counts(
                        version,
                        row.getLong("lines"),
                        row.getLong("matched"),
                        row.getLong("differing"),
                        row.getLong("carried"),
                        row.getLong("bad"),
                        row.getLong("records"),
                        row.getLong("records_matched"),
                        row.getLong("records_differing"),
                        row.getLong("records_carried"),
                        row.getLong("records_elsewhere"),
                        row.getLong("added"),
                        row.getLong("gone"));
    }

    /**
     * One side of a difference. Fee and rate are decimals as they were told.
     *
     * @param amount in {@code currency}
     * @param yuan what the payer paid or got, if that was told
     */
    record Side(
            String kind,
            String status,
            @Nullable String orderNumber,
            @Nullable String refundNumber,
            @Nullable String channelReference,
            @Nullable String channelMerchant,
            String amount,
            String currency,
            @Nullable String yuan,
            @Nullable String settled,
            @Nullable String settledCurrency,
            @Nullable String fee,
            @Nullable String rate,
            @Nullable Instant happenedAt,
            @Nullable Long lineNumber) {}

    /**
     * @param theirs the line of the statement, if it can still be told
     * @param ours our record, as it was frozen
     */
    record Sides(@Nullable Side theirs, @Nullable Side ours) {}

    private record About(
            String account,
            LocalDate runDay,
            LocalDate day,
            String kind,
            @Nullable Long line,
            @Nullable String order,
            @Nullable String refund) {}

    /** Empty where there is no such difference. */
    Optional<Sides> sides(long id) {
        return jdbc.sql("select * from difference where id = ?")
                .param(id)
                .query((row, _) ->
                        new About(
                                row.getString("account_id"),
                                row.getObject("run_day", LocalDate.class),
                                row.getObject("day", LocalDate.class),
                                row.getString("kind"),
                                row.getObject("line_number", Long.class),
                                row.getString("order_number"),
                                row.getString("refund_number")))
                .optional()
                .map(about -> new Sides(theirs(about), ours(about)));
    }

    private @Nullable Side theirs(About about) {
        return about.line() == null
                ? null
                : jdbc.sql(
                                """
                                select * from bill_line where day = ? and account_id = ? and line_number = ?
                                """)
                        .params(about.day(), about.account(), about.line())
                        .query((row, _) -> side(row, row.getLong("line_number")))
                        .optional()
                        .orElse(null);
    }

    private @Nullable Side ours(About about) {
        if (about.order() == null) {
            return null;
        }
        var number = about.refund() == null ? about.order() : about.refund();
        return jdbc.sql(
                        """
                        select r.*, null::bigint as settled_minor, null::text as settled_currency,
                               null::numeric as fee
                          from platform_record r
                         where r.day in (?, ?) and r.account_id = ? and r.kind = ?
                           and coalesce(r.refund_number, r.order_number) = ?
                         order by r.day desc limit 1
                        """)
                .params(about.runDay(), about.day(), about.account(), about.kind(), number)
                .query((row, _) -> side(row, null))
                .optional()
                .orElse(null);
    }

    private static Side side(ResultSet row, @Nullable Long line) throws SQLException {
        var currency = row.getString("currency");
        var settledCurrency = row.getString("settled_currency");
        var happened = row.getTimestamp("happened_at");
        return new Side(
                row.getString("kind"),
                row.getString("status"),
                row.getString("order_number"),
                row.getString("refund_number"),
                row.getString("channel_reference"),
                row.getString("channel_merchant"),
                Money.ofMinor(row.getLong("amount_minor"), Currency.of(currency)).toDecimalString(),
                currency,
                text(row.getObject("yuan_minor", Long.class), "CNY"),
                text(row.getObject("settled_minor", Long.class), settledCurrency),
                settledCurrency,
                plain(row, "fee"),
                plain(row, "rate"),
                happened == null ? null : happened.toInstant(),
                line);
    }

    private static @Nullable String plain(ResultSet row, String name) throws SQLException {
        var number = row.getBigDecimal(name);
        return number == null ? null : number.stripTrailingZeros().toPlainString();
    }

    static @Nullable String text(@Nullable Long minor, @Nullable String currency) {
        return minor == null || currency == null
                ? null
                : Money.ofMinor(minor, Currency.of(currency)).toDecimalString();
    }
}

package io.ferrypay.reconcile.compare;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What is known of days, for people. */
@Service
public class ReadDifferences {

    private static final String DAYS =
            """
            select s.account_id, a.channel, s.day, s.state, s.refused_reason, c.version, c.lines, c.matched, c.differing,
                   c.carried, c.bad, c.records, c.added, c.gone,
                   (select count(*) from difference d where d.account_id = s.account_id and d.day = s.day
                       and d.until_version is null and d.cleared_day is null and d.type <> 'late'
                       and d.resolved_at is null) as open
              from statement_day s
              join channel_account a on a.account_id = s.account_id
              left join comparison c on c.account_id = s.account_id and c.day = s.day
                   and c.version = (select max(version) from comparison m
                                     where m.account_id = s.account_id and m.day = s.day)
            """;

    private final JdbcClient jdbc;

    ReadDifferences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param version of its last comparison, with what that counted; null before the first
     * @param open differences that stand
     */
    public record Day(
            String account,
            String channel,
            LocalDate day,
            String state,
            @Nullable String refusedReason,
            @Nullable Integer version,
            @Nullable Long lines,
            @Nullable Long matched,
            @Nullable Long differing,
            @Nullable Long carried,
            @Nullable Long bad,
            @Nullable Long records,
            @Nullable Long added,
            @Nullable Long gone,
            long open) {}

    /**
     * @param theirsMinor in minor units of {@code currency}
     * @param clearedDay the day whose run showed that it was none
     * @param resolution what was decided about it
     */
    public record Difference(
            long id,
            String type,
            String kind,
            String subject,
            @Nullable String orderNumber,
            @Nullable String refundNumber,
            @Nullable String channelReference,
            @Nullable Long lineNumber,
            @Nullable String theirs,
            @Nullable String ours,
            @Nullable String currency,
            @Nullable Long theirsMinor,
            @Nullable Long oursMinor,
            @Nullable String merchantId,
            @Nullable String ownerId,
            @Nullable LocalDate clearedDay,
            @Nullable String resolution) {}

    public boolean knows(String accountId) {
        return channelOf(accountId).isPresent();
    }

    /** Empty where there is no such account. */
    public Optional<String> channelOf(String accountId) {
        return jdbc.sql("select channel from channel_account where account_id = ?")
                .param(accountId)
                .query(String.class)
                .optional();
    }

    /** Newest first, of the last 60 days. */
    public List<Day> days() {
        return jdbc.sql(DAYS + " where s.day > current_date - 60 order by s.day desc, s.account_id")
                .query((row, _) -> day(row))
                .list();
    }

    public Optional<Day> day(String accountId, LocalDate day) {
        return jdbc.sql(DAYS + " where s.account_id = ? and s.day = ?")
                .param(accountId)
                .param(day)
                .query((row, _) -> day(row))
                .optional();
    }

    /** Those that stand, and those that were cleared, by id. */
    public List<Difference> of(String accountId, LocalDate day, long after, int limit) {
        return jdbc.sql(
                        """
                        select * from difference
                         where account_id = ? and day = ? and until_version is null and id > ? order by id limit ?
                        """)
                .param(accountId)
                .param(day)
                .param(after)
                .param(limit)
                .query((row, _) -> difference(row))
                .list();
    }

    private static Difference difference(ResultSet row) throws SQLException {
        return new Difference(
                row.getLong("id"),
                row.getString("type"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("order_number"),
                row.getString("refund_number"),
                row.getString("channel_reference"),
                row.getObject("line_number", Long.class),
                row.getString("theirs"),
                row.getString("ours"),
                row.getString("currency"),
                row.getObject("theirs_minor", Long.class),
                row.getObject("ours_minor", Long.class),
                row.getString("merchant_id"),
                row.getString("owner_id"),
                row.getObject("cleared_day", LocalDate.class),
                row.getString("resolution"));
    }

    private static Day day(ResultSet row) throws SQLException {
        return new Day(
                row.getString("account_id"),
                row.getString("channel"),
                row.getObject("day", LocalDate.class),
                row.getString("state"),
                row.getString("refused_reason"),
                row.getObject("version", Integer.class),
                row.getObject("lines", Long.class),
                row.getObject("matched", Long.class),
                row.getObject("differing", Long.class),
                row.getObject("carried", Long.class),
                row.getObject("bad", Long.class),
                row.getObject("records", Long.class),
                row.getObject("added", Long.class),
                row.getObject("gone", Long.class),
                row.getLong("open"));
    }
}

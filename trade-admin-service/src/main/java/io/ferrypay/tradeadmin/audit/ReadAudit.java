package io.ferrypay.tradeadmin.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Finds what was done. */
@Service
public class ReadAudit {

    static final String COLUMNS =
            "sequence, at, event_id, service, who, account_id, session_id, address, action, subject,"
                    + " before, after, reason, hash";

    private static final int FETCH = 500;
    private static final int PAGE = 500;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    ReadAudit(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /**
     * @param hash in hexadecimal
     */
    public record Kept(AuditEntry entry, String hash) {}

    /**
     * What is wanted; whatever is null does not narrow it.
     *
     * @param who a person, or somebody outside
     * @param action an action, or its beginning up to a dot, such as {@code approval.}
     * @param before the sequence of the last one on the page before
     */
    public record Query(
            @Nullable String who,
            @Nullable String action,
            @Nullable String subject,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before,
            int limit) {}

    /** The newest first. */
    public List<Kept> find(Query query) {
        var sql = new StringBuilder("select " + COLUMNS + " from audit_entry where true");
        if (query.who() != null) {
            sql.append(" and who = :who");
        }
        if (query.action() != null) {
            sql.append(
                    query.action().endsWith(".")
                            ? " and starts_with(action, :action)"
                            : " and action = :action");
        }
        if (query.subject() != null) {
            sql.append(" and subject = :subject");
        }
        if (query.from() != null) {
            sql.append(" and at >= :from");
        }
        if (query.to() != null) {
            sql.append(" and at < :to");
        }
        if (query.before() != null) {
            sql.append(" and sequence < :before");
        }
        sql.append(" order by sequence desc limit :limit");
        return jdbc.sql(sql.toString())
                .param("who", query.who())
                .param("action", query.action())
                .param("subject", query.subject())
                .param("from", utc(query.from()))
                .param("to", utc(query.to()))
                .param("before", query.before())
                .param("limit", query.limit())
                .query((row, _) -> kept(row))
                .list();
    }

    private static java.time.@Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** The end of the chain. Kept elsewhere, it proves that nothing before it was changed. */
    public record Head(long sequence, String hash) {}

    public Head head() {
        return jdbc.sql("select last_sequence, last_hash from audit_head")
                .query((row, _) -> new Head(row.getLong(1), hex(row.getBytes(2))))
                .single();
    }

    /** The hash of one link, in hexadecimal; of link 0, where the chain begins. */
    public Optional<String> hashOf(long sequence) {
        return sequence == 0
                ? Optional.of("00".repeat(32))
                : jdbc.sql("select hash from audit_entry where sequence = ?")
                        .param(sequence)
                        .query((row, _) -> hex(row.getBytes(1)))
                        .optional();
    }

    /** What an export begins and ends with. */
    public interface Export {
        /**
         * @param previousHash of the link before the first one
         */
        void begin(long firstSequence, String previousHash);

        void entry(Kept kept);

        void end(Head head);
    }

    /**
     * Every entry from a time up to before another, oldest first, without a gap: with the hash
     * before it, whoever gets it can work out the chain. It ends where the chain ended when it
     * began. Whoever takes it may take their time: between two pages nothing of the database is
     * held, which what is written for good allows.
     */
    public void export(Instant from, Instant to, Export export) {
        var head = head();
        var first =
                jdbc.sql(
                                "select coalesce(min(sequence), :next) from audit_entry"
                                        + " where at >= :from and sequence < :next")
                        .param("next", head.sequence() + 1)
                        .param("from", utc(from))
                        .query(Long.class)
                        .single();
        export.begin(first, hashOf(first - 1).orElseThrow());
        List<Kept> page;
        var next = first;
        do {
            page = page(next, head.sequence(), to);
            for (var kept : page) {
                export.entry(kept);
                next = kept.entry().sequence() + 1;
            }
        } while (page.size() == PAGE);
        export.end(head);
    }

    private List<Kept> page(long first, long last, Instant to) {
        return jdbc.sql(
                        "select "
                                + COLUMNS
                                + " from audit_entry where sequence between ? and ? and at < ?"
                                + " order by sequence limit "
                                + PAGE)
                .params(first, last, to.atOffset(ZoneOffset.UTC))
                .query((row, _) -> kept(row))
                .list();
    }

    /** All of them, in a transaction, so that rows come as they are taken. */
    void forEach(Consumer<Kept> take) {
        template.query(
                connection -> {
                    var statement =
                            connection.prepareStatement(
                                    "select " + COLUMNS + " from audit_entry order by sequence");
                    statement.setFetchSize(FETCH);
                    return statement;
                },
                row -> {
                    take.accept(kept(row));
                });
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                new AuditEntry(
                        row.getLong("sequence"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("event_id"),
                        row.getString("service"),
                        new Who(
                                row.getString("who"),
                                row.getString("account_id"),
                                row.getString("session_id"),
                                row.getString("address")),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("before"),
                        row.getString("after"),
                        row.getString("reason")),
                hex(row.getBytes("hash")));
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}

package io.ferrypay.events;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the outbox in order, and only what no running transaction can still come before. */
final class OutboxReader {
    private static final String SETTLED = "txid < pg_snapshot_xmin(pg_current_snapshot())";
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final int MOST_PAGES = 50;

    record Row(
            Cursor cursor,
            String id,
            String type,
            String subject,
            long version,
            Instant time,
            String data) {}

    /**
     * @param next where to go on; it may be past the last row, when rows of other types were
     *     skipped
     */
    record Page(List<Row> rows, Cursor next) {}

    private final JdbcTemplate jdbc;
    private final CommitSignal signal;

    OutboxReader(JdbcTemplate jdbc, CommitSignal signal) {
        this.jdbc = jdbc;
        this.signal = signal;
    }

    /**
     * Waits for events, at most as long as {@code patience}. Holds no connection while waiting.
     *
     * @param types only these; all if empty
     */
    Page read(Cursor after, int limit, Set<String> types, Duration patience)
            throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        var pause = LONGEST_PAUSE;
        var from = after;
        while (true) {
            var commits = signal.commits();
            var page = readNow(from, limit, types);
            var left = CommitSignal.until(deadline);
            if (!page.rows().isEmpty() || left.isZero() || signal.isClosed()) {
                return page;
            }
            from = page.next();
            // After a commit here the row may still be held back by a neighbour's transaction that
            // is
            // about to end, so look again soon; elsewhere's commits are found by looking regularly.
            var woken = signal.await(commits, CommitSignal.shorter(pause, left));
            pause =
                    woken
                            ? SHORTEST_PAUSE
                            : CommitSignal.shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    /**
     * Whether retention has deleted rows after this place: whoever stands there has missed them.
     */
    boolean isGone(Cursor after) {
        if (after.equals(Cursor.START)) {
            return false; // A newcomer takes what there is.
        }
        return Boolean.TRUE.equals(
                jdbc.queryForObject(
                        "select exists (select 1 from outbox_horizon"
                                + " where (txid, position) > (cast(cast(? as text) as xid8), ?))",
                        Boolean.class,
                        Long.toString(after.txid()),
                        after.position()));
    }

    /** Age of the oldest committed event that still waits for an older transaction to end. */
    Duration heldBack(Instant now) {
        var oldest =
                jdbc.queryForObject(
                        "select min(time) from outbox where not (" + SETTLED + ")",
                        OffsetDateTime.class);
        return oldest == null ? Duration.ZERO : Duration.between(oldest.toInstant(), now);
    }

    private Page readNow(Cursor after, int limit, Set<String> types) {
        var next = after;
        for (var pages = 0; pages < MOST_PAGES; pages++) {
            var rows = rows(next, limit);
            var wanted = new ArrayList<Row>();
            for (var row : rows) {
                next = row.cursor();
                if (types.isEmpty() || types.contains(row.type())) {
                    wanted.add(row);
                }
            }
            if (!wanted.isEmpty() || rows.size() < limit) {
                return new Page(wanted, next);
            }
        }
        return new Page(List.of(), next);
    }

    private List<Row> rows(Cursor after, int limit) {
        return jdbc.query(
                "select txid, position, id, type, subject, version, time, data from outbox"
                        + " where (txid, position) > (cast(cast(? as text) as xid8), ?) and "
                        + SETTLED
                        + " order by txid, position limit ?",
                (row, _) ->
                        new Row(
                                new Cursor(Long.parseLong(row.getString(1)), row.getLong(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getLong(6),
                                row.getObject(7, OffsetDateTime.class).toInstant(),
                                row.getString(8)),
                Long.toString(after.txid()),
                after.position(),
                limit);
    }
}

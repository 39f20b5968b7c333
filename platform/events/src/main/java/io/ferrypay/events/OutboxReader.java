package io.ferrypay.events;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the outbox in order, and only what no running transaction can still come before. */
final class OutboxReader {
    private static final String SETTLED = "txid < pg_snapshot_xmin(pg_current_snapshot())";
    // Both halves: which life of the outbox this is, and the server it is lived on.
    private static final String EPOCH =
            "(select substr(md5(epoch::text || ':' || system_identifier), 1, 12)"
                    + " from outbox_epoch, pg_control_system())";
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

    /** What a feed makes of a cursor. */
    enum Standing {
        /** Everything after it will be told. */
        GOOD,
        /** Retention has deleted rows after it: whoever stands there has missed them. */
        EXPIRED,
        /** It belongs to a life of the outbox that a restore or a move has ended. */
        OF_ANOTHER_EPOCH,
        /**
         * The row it was made of is not here, nor was it deleted by us: the database has gone back
         * in time, and what came to stand before this place since would never be told.
         */
        UNKNOWN
    }

    Standing standing(Cursor after) {
        if (after.equals(Cursor.START)) {
            return Standing.GOOD; // A newcomer takes what there is.
        }
        return Objects.requireNonNull(
                jdbc.queryForObject(
                        "with place as (select cast(cast(? as text) as xid8) as txid,"
                                + " cast(? as bigint) as position)"
                                + " select "
                                + EPOCH
                                + ", txid >= pg_snapshot_xmax(pg_current_snapshot()),"
                                + " (select (h.txid, h.position) > (place.txid, place.position)"
                                + " from outbox_horizon h),"
                                + " (select (h.txid, h.position) = (place.txid, place.position)"
                                + " from outbox_horizon h),"
                                + " (select o.id from outbox o where o.txid = place.txid"
                                + " and o.position = place.position)"
                                + " from place",
                        (row, _) ->
                                standing(
                                        after,
                                        row.getString(1),
                                        row.getBoolean(2),
                                        row.getBoolean(3),
                                        row.getBoolean(4),
                                        row.getString(5)),
                        Long.toString(after.txid()),
                        after.position()));
    }

    private static Standing standing(
            Cursor after,
            String epoch,
            boolean ahead,
            boolean beforeHorizon,
            boolean atHorizon,
            @Nullable String event) {
        if (after.epoch() != null && !after.epoch().equals(epoch)) {
            return Standing.OF_ANOTHER_EPOCH;
        }
        if (ahead) {
            return Standing.UNKNOWN;
        }
        if (beforeHorizon) {
            return Standing.EXPIRED;
        }
        return atHorizon || after.epoch() == null || (event != null && after.isOf(event))
                ? Standing.GOOD
                : Standing.UNKNOWN;
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
                "select txid, position, id, type, subject, version, time, data, "
                        + EPOCH
                        + " from outbox"
                        + " where (txid, position) > (cast(cast(? as text) as xid8), ?) and "
                        + SETTLED
                        + " order by txid, position limit ?",
                (row, _) ->
                        new Row(
                                Cursor.after(
                                        row.getString(9),
                                        Long.parseLong(row.getString(1)),
                                        row.getLong(2),
                                        row.getString(3)),
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

package io.ferrypay.paymentchannel.maintenance;

import io.ferrypay.paymentchannel.channel.PlannedMaintenance;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is planned, as we were told. Reads may be two seconds old, and ask nobody in between. */
@Repository
class MaintenanceWindows implements PlannedMaintenance {

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int MOST = 200;

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile @Nullable Cached cached;

    MaintenanceWindows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Window(String accountId, Instant startsAt, Instant endsAt) {}

    private record Cached(List<Window> windows, long readAt) {}

    @Override
    public Optional<Instant> until(String accountId) {
        var now = clock.instant();
        return windows().stream()
                .filter(window -> window.accountId().equals(accountId))
                .filter(window -> !now.isBefore(window.startsAt()) && now.isBefore(window.endsAt()))
                .map(Window::endsAt)
                .max(Comparator.naturalOrder());
    }

    private List<Window> windows() {
        var known = cached;
        var now = System.nanoTime();
        if (known != null && now - known.readAt() < FRESH_NANOS) {
            return known.windows();
        }
        // Whoever else comes meanwhile goes by what was known.
        cached = known == null ? null : new Cached(known.windows(), now);
        var read =
                jdbc.sql(
                                """
                                select account_id, starts_at, ends_at from maintenance_window
                                 where ends_at > ? order by starts_at limit ?
                                """)
                        .param(Timestamp.from(clock.instant()))
                        .param(MOST)
                        .query((row, _) ->
                                new Window(
                                        row.getString(1),
                                        row.getTimestamp(2).toInstant(),
                                        row.getTimestamp(3).toInstant()))
                        .list();
        cached = new Cached(read, now);
        return read;
    }

    /** Keeps what we were told, unless we know something newer. */
    void keep(String id, long version, String accountId, Instant startsAt, Instant endsAt) {
        jdbc.sql(
                        """
                        insert into maintenance_window as known (id, version, account_id, starts_at, ends_at)
                        values (?, ?, ?, ?, ?)
                        on conflict (id) do update set
                            version = excluded.version,
                            starts_at = excluded.starts_at,
                            ends_at = excluded.ends_at
                        where known.version < excluded.version
                        """)
                .param(id)
                .param(version)
                .param(accountId)
                .param(Timestamp.from(startsAt))
                .param(Timestamp.from(endsAt))
                .update();
    }

    /** Lets what was told take effect here at once rather than within two seconds. */
    void forget() {
        cached = null;
    }
}

package io.ferrypay.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** All events this service has set aside because they could not be applied. */
public final class ParkedEvents {
    private static final int LARGEST_PAGE = 500;

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;
    private final Map<String, EventHandler> handlers = new ConcurrentHashMap<>();

    ParkedEvents(JdbcClient jdbc, TransactionOperations transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The oldest parked events, at most 500. */
    public List<ParkedEvent> oldest(int limit) {
        return jdbc.sql("select * from parked_event order by parked_at, feed, id limit :limit")
                .param("limit", Math.clamp(limit, 1, LARGEST_PAGE))
                .query((row, _) -> parked(row))
                .list();
    }

    public long count() {
        return jdbc.sql("select count(*) from parked_event")
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /**
     * Applies a parked event again, for each follower that parked it, and takes it off the list;
     * each in one transaction, so a failure leaves the event parked.
     *
     * @return how many times it was applied; 0 if no such event is parked
     * @throws RuntimeException what the handler throws
     */
    public int retry(String id) {
        var feeds =
                jdbc.sql("select feed from parked_event where id = :id order by feed")
                        .param("id", id)
                        .query((row, _) -> row.getString(1))
                        .list();
        var applied = 0;
        for (var feed : feeds) {
            if (retry(feed, id)) {
                applied++;
            }
        }
        return applied;
    }

    void handledBy(String feed, EventHandler handler) {
        if (handlers.putIfAbsent(feed, handler) != null) {
            throw new IllegalStateException("Two followers share the name " + feed);
        }
    }

    void park(String feed, Event event, String error, int attempts) {
        jdbc.sql(
                        """
                        insert into parked_event
                               (feed, id, type, subject, version, time, data, error, attempts, parked_at)
                        values (:feed, :id, :type, :subject, :version, :time, :data, :error, :attempts, :now)
                        on conflict (feed, id) do nothing
                        """)
                .param("feed", feed)
                .param("id", event.id())
                .param("type", event.type())
                .param("subject", event.subject())
                .param("version", event.version())
                .param("time", event.time().atOffset(ZoneOffset.UTC))
                .param("data", event.data().toString())
                .param("error", error)
                .param("attempts", attempts)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private boolean retry(String feed, String id) {
        var handler = handlers.get(feed);
        if (handler == null) {
            throw new IllegalStateException("Nothing here follows " + feed + " any more");
        }
        try {
            return Boolean.TRUE.equals(
                    transactions.execute(_ -> {
                        var found =
                                jdbc.sql(
                                                "delete from parked_event where feed = :feed"
                                                        + " and id = :id returning *")
                                        .param("feed", feed)
                                        .param("id", id)
                                        .query((row, _) -> parked(row))
                                        .optional();
                        found.ifPresent(parked -> handler.apply(List.of(parked.event())));
                        return found.isPresent();
                    }));
        } catch (RuntimeException e) {
            stillFailing(feed, id, e);
            throw e;
        }
    }

    private void stillFailing(String feed, String id, RuntimeException failure) {
        jdbc.sql(
                        """
                        update parked_event set attempts = attempts + 1, error = :error
                         where feed = :feed and id = :id
                        """)
                .param("error", Failures.describe(failure))
                .param("feed", feed)
                .param("id", id)
                .update();
    }

    private static ParkedEvent parked(ResultSet row) throws SQLException {
        var event =
                new Event(
                        row.getString("id"),
                        row.getString("type"),
                        row.getString("subject"),
                        row.getLong("version"),
                        row.getObject("time", OffsetDateTime.class).toInstant(),
                        CloudEvents.data(row.getString("data")));
        return new ParkedEvent(
                row.getString("feed"),
                event,
                row.getString("error"),
                row.getInt("attempts"),
                row.getObject("parked_at", OffsetDateTime.class).toInstant());
    }
}

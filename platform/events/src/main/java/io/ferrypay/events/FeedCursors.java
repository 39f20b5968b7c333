package io.ferrypay.events;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far each feed has been followed, who follows it now, and what is stuck at its head. */
final class FeedCursors {
    private static final String LONGEST_TRANSACTION = "30s";

    private final JdbcClient jdbc;

    FeedCursors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param failingEvent the event at this place that could not be applied, if any
     */
    record Place(String cursor, @Nullable String failingEvent) {}

    void register(String feed) {
        jdbc.sql(
                        """
                        insert into feed_cursor (feed, cursor, lease_until, moved_at)
                        values (:feed, :cursor, clock_timestamp(), clock_timestamp())
                        on conflict do nothing
                        """)
                .param("feed", feed)
                .param("cursor", EventFeed.BEGINNING)
                .update();
    }

    /**
     * Takes or renews the lease; empty while another instance has it. The database's clock decides.
     */
    Optional<Place> lease(String feed, String holder, Duration lease) {
        return jdbc.sql(
                        """
                        update feed_cursor
                           set holder = :holder,
                               lease_until = clock_timestamp() + make_interval(secs => :seconds)
                         where feed = (select feed from feed_cursor
                                        where feed = :feed
                                          and (holder = :holder or lease_until <= clock_timestamp())
                                          for update skip locked)
                        returning cursor, failing_event
                        """)
                .param("feed", feed)
                .param("holder", holder)
                .param("seconds", seconds(lease))
                .query((row, _) ->
                        new Place(row.getString("cursor"), row.getString("failing_event")))
                .optional();
    }

    void release(String feed, String holder) {
        jdbc.sql(
                        """
                        update feed_cursor set holder = null, lease_until = clock_timestamp()
                         where feed = :feed and holder = :holder
                        """)
                .param("feed", feed)
                .param("holder", holder)
                .update();
    }

    /**
     * Locks the cursor until the end of the transaction, which from here on may take 30 seconds.
     * The server watches over that: a limit the driver keeps costs it an alarm set and an alarm
     * taken back for each statement, and lets a transaction live on that says nothing any more.
     *
     * @return false if it is no longer there, or no longer ours to move
     */
    boolean lock(String feed, String holder, String cursor) {
        return jdbc.sql(
                        """
                        select cursor = :cursor and holder = :holder,
                               set_config('transaction_timeout', :limit, true)
                          from feed_cursor
                         where feed = :feed for update
                        """)
                .param("feed", feed)
                .param("holder", holder)
                .param("cursor", cursor)
                .param("limit", LONGEST_TRANSACTION)
                .query((row, _) -> row.getBoolean(1))
                .optional()
                .orElse(false);
    }

    void move(String feed, String cursor, Duration lease) {
        jdbc.sql(
                        """
                        update feed_cursor
                           set cursor = :cursor, failing_event = null, failing_attempts = 0,
                               lease_until = clock_timestamp() + make_interval(secs => :seconds),
                               moved_at = clock_timestamp()
                         where feed = :feed
                        """)
                .param("feed", feed)
                .param("cursor", cursor)
                .param("seconds", seconds(lease))
                .update();
    }

    /** Counts one more failure of this event and says how many that makes. */
    int failed(String feed, String event) {
        return jdbc.sql(
                        """
                        update feed_cursor
                           set failing_attempts =
                                   case when failing_event = :event then failing_attempts else 0 end + 1,
                               failing_event = :event
                         where feed = :feed
                        returning failing_attempts
                        """)
                .param("feed", feed)
                .param("event", event)
                .query((row, _) -> row.getInt(1))
                .single();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}

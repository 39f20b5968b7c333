package io.ferrypay.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes the followers of a service; each becomes a bean:
 *
 * <pre>{@code
 * @Bean
 * EventFollower merchants(EventFollowers followers, MerchantCopy copy, …) {
 *     return followers.follow("merchant-service", FeedClient.of(builder, "http://merchant-service", token), copy::apply);
 * }
 * }</pre>
 */
public final class EventFollowers {
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final ParkedEvents parkedEvents;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<String, FollowerState> states = new ConcurrentHashMap<>();

    EventFollowers(
            JdbcClient jdbc,
            TransactionOperations transactions,
            ParkedEvents parkedEvents,
            MeterRegistry metrics,
            Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.parkedEvents = parkedEvents;
        this.metrics = metrics;
        this.clock = clock;
        Gauge.builder("ferry.events.parked", parkedEvents, ParkedEvents::count)
                .description("Events set aside because they could not be applied")
                .register(metrics);
    }

    /**
     * As {@link #follow(String, EventFeed, EventHandler, FollowerSettings)} with the usual
     * settings.
     */
    public EventFollower follow(String name, EventFeed feed, EventHandler handler) {
        return follow(name, feed, handler, FollowerSettings.DEFAULT);
    }

    /**
     * A follower that applies what {@code feed} tells with {@code handler}. It starts with the
     * application if it is a bean.
     *
     * @param name of the feed's cursor; unique in this service, and permanent: a new name starts at
     *     the beginning
     */
    public EventFollower follow(
            String name, EventFeed feed, EventHandler handler, FollowerSettings settings) {
        parkedEvents.handledBy(name, handler);
        var state = new FollowerState(name, metrics, clock);
        states.put(name, state);
        return new EventFollower(
                name,
                feed,
                handler,
                settings,
                new FeedCursors(jdbc),
                parkedEvents,
                transactions,
                state);
    }

    /** By feed, why it refuses the cursor of this instance's follower; empty if all is well. */
    Map<String, String> refusals() {
        var refusals = new TreeMap<String, String>();
        states.forEach((feed, state) -> {
            var refusal = state.refusal();
            if (refusal != null) {
                refusals.put(feed, refusal);
            }
        });
        return refusals;
    }
}

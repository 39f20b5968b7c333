package io.ferrypay.events;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a follower knows about itself, as metrics: lag, whether it leads, what it applied and
 * parked.
 */
final class FollowerState {
    private final Clock clock;
    private final Counter applied;
    private final Counter parked;
    private volatile boolean leading;
    private volatile @Nullable Instant behindSince;
    private volatile @Nullable String refusal;

    FollowerState(String feed, MeterRegistry metrics, Clock clock) {
        this.clock = clock;
        var tags = Tags.of("feed", feed);
        this.applied =
                Counter.builder("ferry.follower.applied")
                        .description("Events applied")
                        .tags(tags)
                        .register(metrics);
        this.parked =
                Counter.builder("ferry.follower.parked")
                        .description("Events set aside because they could not be applied")
                        .tags(tags)
                        .register(metrics);
        Gauge.builder("ferry.follower.lag", this, state -> state.lag().toMillis() / 1000.0)
                .description(
                        "Age of the oldest event known to be missing, or of the feed's silence")
                .baseUnit("seconds")
                .tags(tags)
                .strongReference(true)
                .register(metrics);
        Gauge.builder("ferry.follower.leading", this, state -> state.leading ? 1 : 0)
                .description("1 if this instance follows the feed, 0 if it stands by")
                .tags(tags)
                .strongReference(true)
                .register(metrics);
        Gauge.builder("ferry.follower.refused", this, state -> state.refusal == null ? 0 : 1)
                .description("1 if the feed refuses our cursor: a person has to look")
                .tags(tags)
                .strongReference(true)
                .register(metrics);
    }

    void standsBy() {
        leading = false;
        behindSince = null;
        refusal = null;
    }

    void leads() {
        leading = true;
    }

    boolean isLeading() {
        return leading;
    }

    void heard() {
        refusal = null;
    }

    void refused(String reason) {
        refusal = reason;
    }

    /** Why the feed does not take our cursor; null if it does. */
    @Nullable String refusal() {
        return refusal;
    }

    void level() {
        behindSince = null;
    }

    /**
     * @param since when the oldest event happened that is not applied yet
     */
    void behind(Instant since) {
        behindSince = since;
    }

    void outOfTouch() {
        if (behindSince == null) {
            behindSince = clock.instant();
        }
    }

    void applied(int events) {
        applied.increment(events);
    }

    void parked() {
        parked.increment();
    }

    Duration lag() {
        var since = behindSince;
        return since == null ? Duration.ZERO : Duration.between(since, clock.instant());
    }
}

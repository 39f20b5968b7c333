package io.ferrypay.gateway.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;

/** Counts and times requests by door and status; few series, no lookups on the way. */
@Component
class RequestMetrics implements RequestRecorder {

    private record Series(String door, int status) {}

    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void answered(Visit visit, @Nullable HttpStatusCode status, long elapsedNanos) {
        // No status means that the caller left before there was one.
        var series = new Series(visit.doorName(), status == null ? 499 : status.value());
        timers.computeIfAbsent(series, this::timer).record(elapsedNanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("ferry.gateway.requests")
                .description("Requests by door and status")
                .tag("door", series.door())
                .tag("status", Integer.toString(series.status()))
                .publishPercentileHistogram(false)
                .register(registry);
    }
}

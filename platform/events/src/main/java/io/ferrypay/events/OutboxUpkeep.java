package io.ferrypay.events;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Deletes events that are old enough, a batch at a time, and lets long polls go when the service
 * stops.
 */
final class OutboxUpkeep implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(OutboxUpkeep.class);
    private static final Duration ROUND = Duration.ofMinutes(10);
    private static final int BATCH = 5_000;
    private static final int MOST_BATCHES_A_ROUND = 200;

    private final JdbcTemplate jdbc;
    private final CommitSignal signal;
    private final Duration retention;
    private final Clock clock;
    private @Nullable Loop loop;

    OutboxUpkeep(JdbcTemplate jdbc, CommitSignal signal, Duration retention, Clock clock) {
        this.jdbc = jdbc;
        this.signal = signal;
        this.retention = retention;
        this.clock = clock;
    }

    void measure(OutboxReader reader, MeterRegistry metrics) {
        Gauge.builder(
                        "ferry.outbox.lag",
                        reader,
                        r -> r.heldBack(clock.instant()).toMillis() / 1000.0)
                .description("Age of the oldest event held back by an older open transaction")
                .baseUnit("seconds")
                .strongReference(true)
                .register(metrics);
    }

    /** Deletes at most one batch of old events and says how many that was. */
    int deleteOld(int batch) {
        var deleted =
                jdbc.queryForObject(
                        """
                        with head as (
                            select txid, position, time from outbox order by txid, position limit ?
                        ), gone as (
                            delete from outbox using head
                             where outbox.txid = head.txid and outbox.position = head.position
                               and head.time < ?
                            returning outbox.txid, outbox.position
                        ), horizon as (
                            insert into outbox_horizon (txid, position)
                            select txid, position from gone order by txid desc, position desc limit 1
                            on conflict (only_row) do update
                               set txid = excluded.txid, position = excluded.position
                             where (outbox_horizon.txid, outbox_horizon.position)
                                       < (excluded.txid, excluded.position)
                        )
                        select count(*) from gone
                        """,
                        Integer.class,
                        batch,
                        clock.instant().minus(retention).atOffset(ZoneOffset.UTC));
        return deleted == null ? 0 : deleted;
    }

    @Override
    public synchronized void start() {
        signal.open();
        if (loop == null) {
            loop = Loop.start("outbox-upkeep", this::keepUp);
        }
    }

    @Override
    public synchronized void stop() {
        signal.close();
        if (loop != null) {
            loop.stop();
            loop = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return loop != null;
    }

    private void keepUp(Loop me) throws InterruptedException {
        while (me.goesOn()) {
            try {
                var batches = 0;
                while (me.goesOn() && batches < MOST_BATCHES_A_ROUND && deleteOld(BATCH) == BATCH) {
                    batches++;
                }
            } catch (RuntimeException e) {
                log.warn("Old events could not be deleted: {}", Failures.describe(e));
            }
            me.sleep(new Backoff(ROUND, ROUND).after(1));
        }
    }
}

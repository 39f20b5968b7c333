package io.ferrypay.paymentchannel.export;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Writes exports on a thread of their own: what else is due by the clock, the rates that payers are
 * charged by among it, shares one thread, and must not wait for a long list.
 */
@Component
class ExportThread implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ExportThread.class);
    private static final Duration TIDY_FIRST = Duration.ofMinutes(1);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(5);
    private static final int PATIENCE_SECONDS = 15;

    private final WriteExports writer;
    private final Duration interval;
    private @Nullable ScheduledThreadPoolExecutor thread;

    ExportThread(WriteExports writer, ExportSettings settings) {
        this.writer = writer;
        this.interval = settings.interval();
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            var started =
                    new ScheduledThreadPoolExecutor(
                            1, Thread.ofVirtual().name("exports").factory());
            thread = started;
            repeat(
                    started,
                    () -> writer.write(() -> !started.isShutdown()),
                    Duration.ZERO,
                    interval);
            repeat(started, writer::tidy, TIDY_FIRST, TIDY_EVERY);
        }
    }

    private static void repeat(
            ScheduledThreadPoolExecutor thread, Runnable work, Duration first, Duration pause) {
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                            } catch (RuntimeException e) {
                                // One that got out would be the last round.
                                log.warn("Exports are left for the next round", e);
                            }
                        },
                        first.toMillis(),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Lets the step that has begun end; the next instance, or start, goes on from it. */
    @Override
    public synchronized void stop() {
        if (thread == null) {
            return;
        }
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("A step of an export did not end in {} s", PATIENCE_SECONDS);
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}

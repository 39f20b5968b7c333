package io.ferrypay.paymentchannel.risk;

import io.ferrypay.paymentchannel.risk.DryRuns.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Works off dry runs, one at a time in each instance, on a thread of its own. It reads a page, then
 * says that it is still there; one whose instance died is begun again by another.
 */
@Component
class RunDry implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RunDry.class);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration TIDY_EVERY = Duration.ofHours(1);
    private static final int PAGE = 1_000;
    private static final int MOST_PAYMENTS = 5_000_000;
    private static final int MOST_TRIES = 3;
    private static final int PATIENCE_SECONDS = 10;

    private final DryRuns runs;
    private final PaymentHistory history;
    private @Nullable ScheduledThreadPoolExecutor thread;

    RunDry(DryRuns runs, PaymentHistory history) {
        this.runs = runs;
        this.history = history;
    }

    /** Whether there was one. */
    boolean next() {
        var claim = runs.claim(LEASE).orElse(null);
        if (claim == null) {
            return false;
        }
        if (claim.tries() > MOST_TRIES) {
            runs.failed(claim, "internal_error");
            return true;
        }
        try {
            judge(claim);
        } catch (JudgePast.TooMuch _) {
            runs.failed(claim, "too_much_history");
        } catch (RuntimeException e) {
            log.warn("{} is to be begun again", claim.run().id(), e);
            runs.letGo(claim);
        }
        return true;
    }

    private void judge(Claim claim) {
        var run = claim.run();
        var condition = ConditionReader.read(run.condition());
        var judge = new JudgePast(condition, run.merchantId(), run.livemode(), run.from());
        var begin = run.from().minus(JudgePast.lead(condition));
        var started = System.nanoTime();
        String after = null;
        for (var seen = 0; ; ) {
            if (Thread.currentThread().isInterrupted()) {
                runs.letGo(claim);
                return;
            }
            var page = history.page(begin, run.until(), after, PAGE);
            page.forEach(judge::see);
            if (page.size() < PAGE) {
                break;
            }
            after = page.getLast().paymentId();
            seen += page.size();
            if (seen > MOST_PAYMENTS || System.nanoTime() - started > LONGEST.toNanos()) {
                throw new JudgePast.TooMuch();
            }
            var percent = percent(begin, run.until(), page.getLast().atCreation().at());
            if (!runs.goesOn(claim, percent, LEASE)) {
                return; // Somebody else was faster: it took us too long.
            }
        }
        runs.done(claim, judge.result());
    }

    private static int percent(Instant from, Instant until, Instant at) {
        var whole = Math.max(1, Duration.between(from, until).toMillis());
        return Math.clamp(Duration.between(from, at).toMillis() * 100 / whole, 0, 99);
    }

    @Override
    public synchronized void start() {
        if (thread == null) {
            var started =
                    new ScheduledThreadPoolExecutor(
                            1, Thread.ofVirtual().name("dry-runs").factory());
            thread = started;
            repeat(started, this::next, LOOK_EVERY);
            repeat(started, runs::forget, TIDY_EVERY);
        }
    }

    private static void repeat(ScheduledThreadPoolExecutor thread, Runnable work, Duration pause) {
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> {
                            try {
                                work.run();
                            } catch (RuntimeException e) {
                                // One that got out would be the last round.
                                log.warn("Dry runs are left for the next round", e);
                            }
                        },
                        pause.toMillis(),
                        pause.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void stop() {
        if (thread == null) {
            return;
        }
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                log.warn("A dry run did not stop in {} s", PATIENCE_SECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}

package io.ferrypay.paymentchannel.refund;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Asks the channel for refunds as soon as they are committed, or as soon as their turn comes, a few
 * at a time. Only a short cut: what is lost here, because the process dies or too much comes at
 * once, the clock takes up.
 */
@Component
class SubmitSoon implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(SubmitSoon.class);
    private static final int AT_ONCE = 8;
    private static final int MOST_WAITING = 256;
    private static final int PATIENCE_SECONDS = 10;

    /** What has to wait longer is left to the clock. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** So that not all who wait for one turn come at one moment. */
    private static final int MOST_LATER_MILLIS = 200;

    private final AskForRefund ask;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor waiting =
            new ScheduledThreadPoolExecutor(1, Thread.ofVirtual().name("refund-turn").factory());
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(
                    AT_ONCE,
                    AT_ONCE,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofVirtual().name("refund-", 0).factory(),
                    new ThreadPoolExecutor.DiscardPolicy());

    SubmitSoon(AskForRefund ask, Clock clock) {
        this.ask = ask;
        this.clock = clock;
    }

    void submit(String refundId) {
        threads.execute(() -> {
            try {
                ask.firstTime(refundId).ifPresent(until -> comeAgain(refundId, until));
            } catch (RuntimeException e) {
                log.warn("{} is left to the clock", refundId, e);
            }
        });
    }

    private void comeAgain(String refundId, Instant until) {
        var wait = Duration.between(clock.instant(), until);
        if (wait.compareTo(LONGEST_WAIT) <= 0 && waiting.getQueue().size() < MOST_WAITING) {
            var _ =
                    waiting.schedule(
                            () -> submit(refundId),
                            Math.max(0, wait.toMillis())
                                    + ThreadLocalRandom.current().nextInt(1, MOST_LATER_MILLIS),
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Lets calls that have begun be answered; what has not begun is left to the clock. */
    @Override
    public void destroy() throws InterruptedException {
        waiting.shutdownNow();
        threads.getQueue().clear();
        threads.shutdown();
        if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }
}

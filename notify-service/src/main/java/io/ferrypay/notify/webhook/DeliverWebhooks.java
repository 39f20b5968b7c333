package io.ferrypay.notify.webhook;

import io.ferrypay.notify.webhook.Deliveries.Due;
import io.ferrypay.notify.webhook.Deliveries.Sent;
import io.ferrypay.notify.webhook.Deliveries.Tried;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Sends what is due. One loop claims deliveries in turn and starts each on a thread of its own,
 * bounded in all, for each merchant and for each endpoint; the results are written in batches. No
 * transaction is open while a receiver is waited for. A delivery whose result was never written,
 * because this process died, is due again when its lease has run out, and goes out under the same
 * webhook id.
 */
@Component
class DeliverWebhooks implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliverWebhooks.class);
    private static final Duration IDLE_LOOK = Duration.ofMillis(500);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration TO_THE_LAST_RESULT = Duration.ofSeconds(2);
    private static final int GONE = 410;

    private final Deliveries deliveries;
    private final SendWebhook send;
    private final WebhookSettings settings;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final RetrySchedule schedule;
    private final Lanes lanes;
    private final Breakers breakers;
    private final ClaimInTurn claims;
    private final Semaphore woken = new Semaphore(0);
    private final WriteResults results;

    private volatile boolean running;
    private volatile ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Thread claiming;

    DeliverWebhooks(
            Deliveries deliveries,
            SendWebhook send,
            WebhookSettings settings,
            MeterRegistry metrics,
            Clock clock) {
        this.deliveries = deliveries;
        this.send = send;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.schedule =
                new RetrySchedule(
                        settings.schedule(), () -> ThreadLocalRandom.current().nextDouble());
        this.lanes =
                new Lanes(
                        settings.atOnce(), settings.atOncePerMerchant(), settings.atOncePerLane());
        this.breakers = new Breakers(settings.breakerPause());
        this.claims = new ClaimInTurn(deliveries, lanes, breakers, settings);
        this.results = new WriteResults(this::write, settings.atOnce() * 2, AFTER_TROUBLE);
        Gauge.builder("webhook.backlog", deliveries, Deliveries::backlog).register(metrics);
        Gauge.builder("webhook.under_way", lanes, Lanes::total).register(metrics);
    }

    /** There may be something due: look now, not at the next regular look. */
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    @Override
    public void start() {
        running = true;
        calls = Executors.newVirtualThreadPerTaskExecutor();
        results.start();
        claiming = Thread.ofVirtual().name("webhook-claims").start(this::claimLoop);
    }

    private void claimLoop() {
        while (running) {
            try {
                if (!claimOnce()) {
                    woken.tryAcquire(IDLE_LOOK.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.error("Due webhooks could not be claimed; trying again", e);
                pause();
            }
        }
    }

    /** Whether there may be more at once. */
    private boolean claimOnce() {
        if (lanes.free() == 0) {
            return false;
        }
        var claimed = claims.next();
        claimed.deliveries().forEach(due -> calls.execute(() -> deliver(due)));
        return !claimed.deliveries().isEmpty() || !claimed.roundIsOver();
    }

    private void deliver(Due due) {
        try {
            results.handIn(attempt(due));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lanes.leave(due.lane(), 1);
            wake();
        }
    }

    private Tried attempt(Due due) {
        var at = clock.instant();
        var breaker = breakers.of(due.lane().name());
        if (due.endpointDisabled()) {
            breaker.releasePermission();
            return new Tried(
                    due,
                    at,
                    Duration.ZERO,
                    new Sent(null, "endpoint_disabled", "", "", null),
                    Tried.State.DEAD,
                    null);
        }
        var begun = System.nanoTime();
        var sent = call(due, breaker);
        var took = Duration.ofNanos(System.nanoTime() - begun);
        metrics.timer("webhook.delivery", "outcome", outcome(sent)).record(took);
        return judged(due, at, took, sent);
    }

    /**
     * What goes wrong on our own side is a try as well, or it would be repeated for ever; the
     * breaker, which judges the receiver, hears nothing of it.
     */
    private Sent call(Due due, CircuitBreaker breaker) {
        var begun = System.nanoTime();
        var judged = false;
        try {
            var sent = send.send(due);
            if (sent.isAccepted()) {
                breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
            } else {
                breaker.onError(
                        System.nanoTime() - begun,
                        TimeUnit.NANOSECONDS,
                        new IllegalStateException("not accepted"));
            }
            judged = true;
            return sent;
        } catch (RuntimeException e) {
            log.error("Webhook {} could not be sent", due.eventId(), e);
            return Sent.ownTrouble();
        } finally {
            if (!judged) {
                breaker.releasePermission();
            }
        }
    }

    private static String outcome(Sent sent) {
        if (sent.isAccepted()) {
            return "delivered";
        }
        if (sent.isOwnTrouble()) {
            return "not_sent";
        }
        return sent.status() == null ? "no_answer" : sent.status() / 100 + "xx";
    }

    private Tried judged(Due due, Instant at, Duration took, Sent sent) {
        if (sent.isAccepted()) {
            return new Tried(due, at, took, sent, Tried.State.DELIVERED, null);
        }
        if (sent.status() != null && sent.status() == GONE) {
            return new Tried(due, at, took, sent, Tried.State.DEAD, null);
        }
        return schedule.next(due.attempts() + 1, sent)
                .map(wait -> clock.instant().plus(wait))
                .filter(next -> !next.isAfter(due.giveUpAt()))
                .map(next -> new Tried(due, at, took, sent, Tried.State.AGAIN, next))
                .orElseGet(() -> new Tried(due, at, took, sent, Tried.State.DEAD, null));
    }

    private void write(List<Tried> batch) {
        for (var endpoint : deliveries.record(batch, settings.disableAfter())) {
            log.warn("Webhook endpoint {} was disabled", endpoint);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AFTER_TROUBLE.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Requests under way may end; the results are written after the last of them. */
    @Override
    public void stop() {
        running = false;
        wake();
        try {
            if (claiming != null && !claiming.join(TO_THE_LAST_RESULT)) {
                claiming.interrupt();
            }
            calls.shutdown();
            if (!calls.awaitTermination(
                    settings.callTimeout().plus(TO_THE_LAST_RESULT).toMillis(),
                    TimeUnit.MILLISECONDS)) {
                calls.shutdownNow();
            }
            results.finish(TO_THE_LAST_RESULT);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

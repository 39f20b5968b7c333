package io.ferrypay.notify.wechatmessage;

import io.ferrypay.notify.wechatmessage.Messages.Due;
import io.ferrypay.notify.wechatmessage.SendTemplateMessage.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Sends messages that are due, each on a thread of its own and only so many at once. No transaction
 * is open while WeChat is waited for. A message whose result was never written, because this
 * process died, is due again when its lease has run out; WeChat recognises it by its id.
 */
@Component
class DeliverMessages implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DeliverMessages.class);
    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");
    private static final LocalTime QUOTAS_ARE_BACK = LocalTime.of(0, 5);
    private static final Duration IDLE_LOOK = Duration.ofMillis(500);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration TO_THE_LAST_RESULT = Duration.ofSeconds(10);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 200;

    private final Messages messages;
    private final SendTemplateMessage send;
    private final OfficialAccounts accounts;
    private final WechatMessageSettings settings;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Semaphore places;
    private final Semaphore woken = new Semaphore(0);

    private volatile boolean running;
    private volatile @Nullable ExecutorService calls;
    private volatile @Nullable Thread claiming;

    DeliverMessages(
            Messages messages,
            SendTemplateMessage send,
            OfficialAccounts accounts,
            WechatMessageSettings settings,
            MeterRegistry metrics,
            Clock clock) {
        this.messages = messages;
        this.send = send;
        this.accounts = accounts;
        this.settings = settings;
        this.metrics = metrics;
        this.clock = clock;
        this.places = new Semaphore(settings.atOnce());
        Gauge.builder("wechat.message.backlog", messages, Messages::backlog).register(metrics);
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
        if (settings.accounts().isEmpty()) {
            return; // Nobody can be bound, so there is nothing to look for.
        }
        var workers = Executors.newVirtualThreadPerTaskExecutor();
        calls = workers;
        claiming = Thread.ofVirtual().name("wechat-message-claims").start(() -> loop(workers));
    }

    private void loop(ExecutorService workers) {
        while (running) {
            try {
                if (!claimOnce(workers)) {
                    woken.tryAcquire(IDLE_LOOK.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                log.error("Due messages could not be claimed; trying again", e);
                pause();
            }
        }
    }

    private boolean claimOnce(ExecutorService workers) {
        var free = places.drainPermits();
        var started = 0;
        try {
            if (free == 0) {
                return false;
            }
            for (var due : messages.claim(free, settings.lease())) {
                workers.execute(() -> deliver(due));
                started++;
            }
            return started > 0;
        } finally {
            places.release(free - started);
        }
    }

    private void deliver(Due due) {
        try {
            attempt(due);
        } catch (RuntimeException e) {
            log.error("Message {} could not be finished; it is tried again later", due.id(), e);
        } finally {
            places.release();
            wake();
        }
    }

    private void attempt(Due due) {
        var account = accounts.of(due.appid());
        var openid = due.openid();
        if (openid == null || account.isEmpty()) {
            messages.dropped(due, openid == null ? "binding_ended" : "account_unknown");
            return;
        }
        if (account.get().templateOf(due.type()) == null) {
            messages.dropped(due, "no_template"); // It was taken out of the settings.
            return;
        }
        var begun = System.nanoTime();
        var outcome = send.send(account.get(), due.id(), openid, due.type(), due.content());
        metrics.timer("wechat.message", "outcome", outcome.getClass().getSimpleName())
                .record(Duration.ofNanos(System.nanoTime() - begun));
        write(due, outcome);
    }

    private void write(Due due, Outcome outcome) {
        switch (outcome) {
            case Outcome.Sent(var msgid) -> messages.sent(due, msgid);
            case Outcome.Again(var error) -> again(due, error);
            case Outcome.PersonGone(var reason) -> messages.personGone(due, reason);
            case Outcome.QuotaUsedUp() -> {
                log.error(
                        "Official account {} has used up its messages of today; the rest waits until tomorrow",
                        due.appid());
                messages.rest(due, tomorrow(), "quota_used_up");
            }
            case Outcome.Misconfigured(var errcode) -> {
                log.error(
                        "Official account {} is not set up as it must be, WeChat says {}; trying again in {}",
                        due.appid(),
                        errcode,
                        settings.restWhenMisconfigured());
                messages.rest(
                        due,
                        clock.instant().plus(settings.restWhenMisconfigured()),
                        "errcode_" + errcode);
            }
            case Outcome.Wrong(var errcode) -> {
                log.error(
                        "The template for {} of official account {} has other keywords than the settings, WeChat says {}",
                        due.type(),
                        due.appid(),
                        errcode);
                messages.dead(due, "errcode_" + errcode);
            }
        }
    }

    private void again(Due due, String error) {
        var next = due.attempts() + 1;
        var at =
                next < settings.schedule().size()
                        ? clock.instant().plus(settings.schedule().get(next))
                        : Instant.MAX;
        if (at.isAfter(due.giveUpAt())) {
            messages.dead(due, error);
        } else {
            messages.again(due, error, at);
        }
    }

    /** WeChat counts by its own days. */
    private Instant tomorrow() {
        return clock.instant()
                .atZone(BEIJING)
                .toLocalDate()
                .plusDays(1)
                .atTime(QUOTAS_ARE_BACK)
                .atZone(BEIJING)
                .toInstant();
    }

    /** Every instance may do this at once: they only find less to do. */
    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT5M")
    void tidy() {
        for (var batch = 0; batch < MOST_BATCHES; batch++) {
            var done = messages.giveUp(BATCH) + messages.forget(settings.retention(), BATCH);
            if (done < BATCH) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AFTER_TROUBLE.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        running = false;
        var claims = claiming;
        var workers = calls;
        if (claims == null || workers == null) {
            return;
        }
        try {
            claims.interrupt();
            claims.join();
            workers.shutdown();
            if (!workers.awaitTermination(TO_THE_LAST_RESULT.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

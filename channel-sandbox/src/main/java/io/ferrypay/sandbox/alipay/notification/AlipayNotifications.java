package io.ferrypay.sandbox.alipay.notification;

import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.alipay.fault.AlipayFaults;
import io.ferrypay.sandbox.alipay.fault.NoticeFaults;
import io.ferrypay.sandbox.alipay.order.AlipayRefund;
import io.ferrypay.sandbox.alipay.order.Trade;
import io.ferrypay.sandbox.alipay.order.TradeRefused;
import io.ferrypay.sandbox.alipay.order.Trades;
import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the merchant's server what happened, by Alipay's table of waits, until it says yes. */
@Component
public class AlipayNotifications implements Resettable, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AlipayNotifications.class);
    private static final String KIND = "alipay-notice";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConcurrentHashMap<String, Pending> pending = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor alarms = alarms();
    private final ExecutorService senders =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("alipay-notification-", 0).factory());
    private final AlipayNoticeWriter writer;
    private final AlipayNoticePost post;
    private final Trades trades;
    private final AlipayFaults faults;
    private final SandboxClock clock;
    private final Journal journal;
    private volatile boolean running;

    AlipayNotifications(
            AlipaySandboxProperties properties,
            AlipayNoticePost post,
            Trades trades,
            AlipayFaults faults,
            SandboxClock clock,
            Journal journal) {
        this.writer = new AlipayNoticeWriter(properties.partner(), trades, clock);
        this.post = post;
        this.trades = trades;
        this.faults = faults;
        this.clock = clock;
        this.journal = journal;
    }

    private static ScheduledThreadPoolExecutor alarms() {
        var executor =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("alipay-alarms").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Starts telling where this order has come to; comes back at once. */
    public void tell(Trade trade) {
        begin(writer.ofTrade(trade));
    }

    /** Starts telling what became of this refund. */
    public void tell(AlipayRefund refund) {
        var trade = trades.find(refund.outTradeNo());
        if (trade != null) {
            begin(writer.ofRefund(refund, trade));
        }
    }

    private void begin(@Nullable AlipayNotice notice) {
        if (notice == null) {
            return;
        }
        var waiting = new Pending(notice, 0, null);
        if (pending.putIfAbsent(notice.id(), waiting) == null) {
            remember(waiting, false);
            var delay = faults.notificationsOf(notice.outTradeNo()).delayMs();
            schedule(waiting, Duration.ofMillis(delay));
        }
    }

    /**
     * Sends the notification of an order that has ended once more, now, whether or not it was
     * accepted before, and waits for the answers. Only the copies and flaws of these faults count.
     */
    public List<SentAlipayNotice> sendAgain(String outTradeNo, NoticeFaults with) {
        var trade = trades.find(outTradeNo);
        if (trade == null) {
            throw new TradeRefused(TradeRefused.Reason.UNKNOWN_ORDER);
        }
        var notice = writer.ofTrade(trade);
        if (notice == null) {
            throw new TradeRefused(TradeRefused.Reason.NOT_PAID);
        }
        try {
            var answers = new ArrayList<>(sendCopies(notice, 0, with));
            for (int i = 0; i < with.duplicate(); i++) {
                answers.add(post.send(notice, 0, with.flaws(1)));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** How many notifications nobody accepted yet. */
    public int waiting() {
        return pending.size();
    }

    private void schedule(Pending waiting, Duration delay) {
        if (!running) {
            return;
        }
        if (delay.isZero()) {
            waiting.alarm(null);
            senders.execute(() -> attempt(waiting));
        } else {
            waiting.alarm(
                    alarms.schedule(
                            () -> senders.execute(() -> attempt(waiting)),
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS));
        }
    }

    private void scheduleNext(Pending waiting) {
        var delay = waiting.untilNext(clock.instant(), clock.compression());
        if (delay != null) {
            schedule(waiting, delay);
        } else if (waiting.isExhausted() && pending.remove(waiting.notice.id(), waiting)) {
            log.warn("Gave up telling about order {}", waiting.notice.outTradeNo());
        }
    }

    private void attempt(Pending waiting) {
        int number = waiting.begin(clock.instant(), clock.compression());
        if (number == 0) {
            scheduleNext(waiting); // The alarm rang early, or the clock was moved meanwhile.
            return;
        }
        var id = waiting.notice.id();
        boolean accepted = false;
        try {
            var with = faults.notificationsOf(waiting.notice.outTradeNo());
            if (number <= with.drop()) {
                post.lose(waiting.notice, number);
            } else {
                accepted =
                        sendCopies(waiting.notice, number, with).stream()
                                .anyMatch(SentAlipayNotice::accepted);
            }
            if (accepted) {
                pending.remove(id, waiting);
                for (int i = 0; i < with.duplicate(); i++) {
                    post.send(waiting.notice, number, with.flaws(number));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("Telling about order {} failed", waiting.notice.outTradeNo(), e);
        } finally {
            waiting.end(clock.instant());
        }
        if (accepted || pending.get(id) == waiting) {
            remember(waiting, accepted);
        }
        if (!accepted && pending.get(id) == waiting) {
            scheduleNext(waiting);
        }
    }

    private List<SentAlipayNotice> sendCopies(AlipayNotice notice, int attempt, NoticeFaults with)
            throws InterruptedException {
        var flaws = with.flaws(Math.max(attempt, 1));
        if (with.parallel() <= 1) {
            return List.of(post.send(notice, attempt, flaws));
        }
        var copies = new ArrayList<Future<SentAlipayNotice>>();
        for (int i = 0; i < with.parallel(); i++) {
            copies.add(senders.submit(() -> post.send(notice, attempt, flaws)));
        }
        var answers = new ArrayList<SentAlipayNotice>();
        for (var copy : copies) {
            try {
                answers.add(copy.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return answers;
    }

    private void remember(Pending waiting, boolean accepted) {
        if (journal.keeps()) {
            journal.put(KIND, waiting.notice.id(), JSON.valueToTree(waiting.progress(accepted)));
        }
    }

    private void resume() {
        for (var json : journal.remembered(KIND).values()) {
            var known = JSON.treeToValue(json, Progress.class);
            if (!known.accepted()) {
                var waiting = new Pending(known.notice(), known.attempts(), known.lastAttemptAt());
                pending.put(known.notice().id(), waiting);
                scheduleNext(waiting);
            }
        }
    }

    @Override
    public void reset() {
        pending.values().forEach(waiting -> waiting.alarm(null));
        pending.clear();
    }

    @Override
    public void start() {
        running = true;
        clock.whenChanged(() -> pending.values().forEach(this::scheduleNext));
        resume();
    }

    @Override
    public void stop() {
        running = false;
        alarms.shutdownNow();
        senders.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** What a restarted sandbox needs to know to go on. */
    record Progress(
            AlipayNotice notice, int attempts, @Nullable Instant lastAttemptAt, boolean accepted) {}

    /** A notification nobody has accepted yet. Its fields are guarded by itself. */
    private static final class Pending {

        final AlipayNotice notice;
        private int attempts;
        private @Nullable Instant lastAttemptAt;
        private boolean sending;
        private @Nullable Future<?> alarm;

        Pending(AlipayNotice notice, int attempts, @Nullable Instant lastAttemptAt) {
            this.notice = notice;
            this.attempts = attempts;
            this.lastAttemptAt = lastAttemptAt;
        }

        /** Begins an attempt and gives its number, counted from 1; 0 when it is not time yet. */
        synchronized int begin(Instant now, int compression) {
            var left = untilNext(now, compression);
            if (left == null || !left.isZero()) {
                return 0;
            }
            sending = true;
            attempts++;
            return attempts;
        }

        synchronized void end(Instant now) {
            lastAttemptAt = now;
            sending = false;
        }

        /** How long until the next attempt; null when one is under way or there is none. */
        synchronized @Nullable Duration untilNext(Instant now, int compression) {
            if (sending) {
                return null;
            }
            if (lastAttemptAt == null) {
                return Duration.ZERO;
            }
            var wait = AlipayRetryTable.waitAfter(attempts, compression);
            if (wait == null) {
                return null;
            }
            var left = Duration.between(now, lastAttemptAt.plus(wait));
            return left.isNegative() ? Duration.ZERO : left;
        }

        synchronized boolean isExhausted() {
            return attempts > AlipayRetryTable.WAITS.size();
        }

        synchronized void alarm(@Nullable Future<?> next) {
            if (alarm != null) {
                alarm.cancel(false);
            }
            alarm = next;
        }

        synchronized Progress progress(boolean accepted) {
            return new Progress(notice, attempts, lastAttemptAt, accepted);
        }
    }
}

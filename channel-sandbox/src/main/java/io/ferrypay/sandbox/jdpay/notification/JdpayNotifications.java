package io.ferrypay.sandbox.jdpay.notification;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.fault.JdpayFaults;
import io.ferrypay.sandbox.jdpay.fault.JdpayNotificationFaults;
import io.ferrypay.sandbox.jdpay.notification.JdpayPendingNotice.Progress;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import io.ferrypay.sandbox.jdpay.order.JdpayOrders;
import io.ferrypay.sandbox.jdpay.order.JdpayRefund;
import io.ferrypay.sandbox.jdpay.order.JdpayStatus;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import io.ferrypay.sandbox.journal.Journal;
import java.time.Duration;
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

/** Tells the merchant's server how orders and refunds ended, until it says yes. */
@Component
@OnlyWithJdpayKeys
public class JdpayNotifications implements Resettable, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JdpayNotifications.class);
    private static final String KIND = "jdpay-notice";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConcurrentHashMap<String, JdpayPendingNotice> pending = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor alarms = alarms();
    private final ExecutorService senders =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("jdpay-notification-", 0).factory());
    private final JdpayOrders orders;
    private final JdpayNoticeWriter writer;
    private final JdpayNoticePost post;
    private final JdpayFaults faults;
    private final SandboxClock clock;
    private final Journal journal;
    private volatile boolean running;

    JdpayNotifications(
            JdpayOrders orders,
            JdpayNoticeWriter writer,
            JdpayNoticePost post,
            JdpayFaults faults,
            SandboxClock clock,
            Journal journal) {
        this.orders = orders;
        this.writer = writer;
        this.post = post;
        this.faults = faults;
        this.clock = clock;
        this.journal = journal;
    }

    private static ScheduledThreadPoolExecutor alarms() {
        var executor =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("jdpay-alarms").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Starts telling how this order ended; comes back at once. */
    public void tell(JdpayOrder order) {
        if (hasEnded(order)) {
            tell(subject(order));
        }
    }

    /** Starts telling how this refund ended; comes back at once. */
    public void tell(JdpayRefund refund) {
        var subject = subject(refund);
        if (subject != null) {
            tell(subject);
        }
    }

    private void tell(JdpaySubject subject) {
        var notice = new JdpayPendingNotice(subject, 0, null);
        if (pending.putIfAbsent(subject.key(), notice) == null) {
            schedule(
                    notice,
                    Duration.ofMillis(faults.notificationsOf(subject.tradeNum()).delayMs()));
        }
    }

    /**
     * Sends the notification of an ended order once more, now, whether or not it was accepted
     * before, and waits for the answers. Only the copies and flaws of these faults count.
     *
     * @throws JdpayError when there is no such order, or it has not ended
     */
    public List<JdpaySentNotice> sendAgain(String tradeNum, JdpayNotificationFaults with) {
        var order = orders.require(tradeNum);
        if (!hasEnded(order)) {
            throw new JdpayError(JdpayError.Code.SIM302);
        }
        try {
            var subject = subject(order);
            var answers = new ArrayList<>(sendCopies(subject, 0, with));
            for (int i = 0; i < with.duplicate(); i++) {
                answers.add(sendOne(subject, 0, with));
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

    private static boolean hasEnded(JdpayOrder order) {
        return order.status() == JdpayStatus.SUCCESS || order.status() == JdpayStatus.FAILED;
    }

    private static JdpaySubject subject(JdpayOrder order) {
        return new JdpaySubject(order.tradeNum(), null, order.terms().notifyUrl());
    }

    private static @Nullable JdpaySubject subject(JdpayRefund refund) {
        return refund.notifyUrl() == null || refund.endedAt() == null
                ? null
                : new JdpaySubject(refund.oTradeNum(), refund.tradeNum(), refund.notifyUrl());
    }

    private void schedule(JdpayPendingNotice notice, Duration delay) {
        if (!running) {
            return;
        }
        if (delay.isZero()) {
            notice.alarm(null);
            senders.execute(() -> attempt(notice));
        } else {
            notice.alarm(
                    alarms.schedule(
                            () -> senders.execute(() -> attempt(notice)),
                            delay.toNanos(),
                            TimeUnit.NANOSECONDS));
        }
    }

    private void scheduleNext(JdpayPendingNotice notice) {
        var delay = notice.untilNext(clock.instant(), clock.compression());
        if (delay != null) {
            schedule(notice, delay);
        } else if (notice.isExhausted() && pending.remove(notice.subject.key(), notice)) {
            log.warn("Gave up telling about JD order {}", notice.subject.tradeNum());
        }
    }

    private void attempt(JdpayPendingNotice notice) {
        int number = notice.begin(clock.instant(), clock.compression());
        if (number == 0) {
            scheduleNext(notice); // The alarm rang early, or the clock was moved meanwhile.
            return;
        }
        var key = notice.subject.key();
        boolean accepted = false;
        try {
            var with = faults.notificationsOf(notice.subject.tradeNum());
            accepted = deliver(notice.subject, number, with);
            if (accepted) {
                pending.remove(key, notice);
                for (int i = 0; i < with.duplicate(); i++) {
                    sendOne(notice.subject, number, with);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("Telling about JD order {} failed", notice.subject.tradeNum(), e);
        } finally {
            notice.end(clock.instant());
        }
        if (accepted || pending.get(key) == notice) {
            remember(notice, accepted);
        }
        if (!accepted && pending.get(key) == notice) {
            scheduleNext(notice);
        }
    }

    private boolean deliver(JdpaySubject subject, int number, JdpayNotificationFaults with)
            throws InterruptedException {
        if (number <= with.drop()) {
            post.lose(subject, number);
            return false;
        }
        return sendCopies(subject, number, with).stream().anyMatch(JdpaySentNotice::accepted);
    }

    private List<JdpaySentNotice> sendCopies(
            JdpaySubject subject, int attempt, JdpayNotificationFaults with)
            throws InterruptedException {
        if (with.parallel() <= 1) {
            return List.of(sendOne(subject, attempt, with));
        }
        var copies = new ArrayList<Future<JdpaySentNotice>>();
        for (int i = 0; i < with.parallel(); i++) {
            copies.add(senders.submit(() -> sendOne(subject, attempt, with)));
        }
        var answers = new ArrayList<JdpaySentNotice>();
        for (var copy : copies) {
            try {
                answers.add(copy.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return answers;
    }

    private JdpaySentNotice sendOne(JdpaySubject subject, int attempt, JdpayNotificationFaults with)
            throws InterruptedException {
        var flaws = with.flaws(Math.max(attempt, 1));
        return post.send(subject, attempt, writer.write(subject, flaws), flaws);
    }

    private void remember(JdpayPendingNotice notice, boolean accepted) {
        if (journal.keeps()) {
            journal.put(KIND, notice.subject.key(), JSON.valueToTree(notice.progress(accepted)));
        }
    }

    private void resume() {
        for (var order : orders.all()) {
            if (hasEnded(order)) {
                resume(subject(order));
            }
            for (var refund : order.refunds()) {
                var subject = subject(refund);
                if (subject != null) {
                    resume(subject);
                }
            }
        }
    }

    private void resume(JdpaySubject subject) {
        var json = journal.remembered(KIND).get(subject.key());
        var known = json == null ? null : JSON.treeToValue(json, Progress.class);
        if (known == null || !known.accepted()) {
            var notice =
                    known == null
                            ? new JdpayPendingNotice(subject, 0, null)
                            : new JdpayPendingNotice(
                                    subject, known.attempts(), known.lastAttemptAt());
            pending.put(subject.key(), notice);
            scheduleNext(notice);
        }
    }

    @Override
    public void reset() {
        pending.values().forEach(notice -> notice.alarm(null));
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
}

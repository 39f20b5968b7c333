package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.wechat.fault.Faults;
import io.ferrypay.sandbox.wechat.fault.NotificationFaults;
import io.ferrypay.sandbox.wechat.notification.PendingNotice.Progress;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.Refund;
import io.ferrypay.sandbox.wechat.order.Refunds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the merchant's server what was paid and refunded, by WeChat's table of waits, until it says
 * yes.
 */
@Component
public class Notifications implements Resettable, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Notifications.class);
    private static final String KIND = "wechat-notice";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConcurrentHashMap<String, PendingNotice> pending = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor alarms = alarms();
    private final ExecutorService senders =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("wechat-notification-", 0).factory());
    private final Orders orders;
    private final Refunds refunds;
    private final NoticeWriter writer;
    private final NoticePost post;
    private final Faults faults;
    private final SandboxClock clock;
    private final Journal journal;
    private volatile boolean running;

    Notifications(
            Orders orders,
            Refunds refunds,
            NoticeWriter writer,
            NoticePost post,
            Faults faults,
            SandboxClock clock,
            Journal journal) {
        this.orders = orders;
        this.refunds = refunds;
        this.writer = writer;
        this.post = post;
        this.faults = faults;
        this.clock = clock;
        this.journal = journal;
    }

    private static ScheduledThreadPoolExecutor alarms() {
        var executor =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().name("wechat-alarms").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** Starts telling that this order is paid; comes back at once. */
    public void tell(Order order) {
        var payment = order.payment();
        if (payment != null && !order.terms().notifyUrl().isEmpty()) {
            tell(new News.OfPayment(order, payment));
        }
    }

    /** Starts telling how this refund ended, if anybody wants to know; comes back at once. */
    public void tell(Refund refund) {
        if (News.OfRefund.isDue(refund)) {
            tell(new News.OfRefund(refund));
        }
    }

    private void tell(News news) {
        var notice = new PendingNotice(news, 0, null);
        if (pending.putIfAbsent(news.key(), notice) == null) {
            schedule(
                    notice, Duration.ofMillis(faults.notificationsOf(news.outTradeNo()).delayMs()));
        }
    }

    /**
     * Sends the notification of a paid order once more, now, whether or not it was accepted before,
     * and waits for the answers. Only the copies and flaws of these faults count.
     *
     * @throws OrderRefused when there is no such order, or it is not paid
     */
    public List<SentNotice> sendAgain(String outTradeNo, NotificationFaults with) {
        var order = orders.find(outTradeNo);
        if (order == null) {
            throw new OrderRefused(OrderRefused.Reason.UNKNOWN_ORDER);
        }
        var payment = order.payment();
        if (payment == null) {
            throw new OrderRefused(OrderRefused.Reason.NOT_PAID);
        }
        return sendNow(new News.OfPayment(order, payment), with);
    }

    /**
     * The same for a refund.
     *
     * @throws OrderRefused when there is no such refund, or nothing to tell about it
     */
    public List<SentNotice> sendRefundAgain(String outRefundNo, NotificationFaults with) {
        var refund = refunds.find(outRefundNo);
        if (refund == null || !News.OfRefund.isDue(refund)) {
            throw new OrderRefused(OrderRefused.Reason.UNKNOWN_REFUND);
        }
        return sendNow(new News.OfRefund(refund), with);
    }

    private List<SentNotice> sendNow(News news, NotificationFaults with) {
        try {
            var answers = new ArrayList<>(sendCopies(news, 0, with));
            for (int i = 0; i < with.duplicate(); i++) {
                answers.add(sendOne(news, 0, with));
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

    private void schedule(PendingNotice notice, Duration delay) {
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

    private void scheduleNext(PendingNotice notice) {
        var delay = notice.untilNext(clock.instant(), clock.compression());
        if (delay != null) {
            schedule(notice, delay);
        } else if (notice.isExhausted() && pending.remove(notice.key(), notice)) {
            log.warn("Gave up telling about {}", notice.key());
        }
    }

    private void attempt(PendingNotice notice) {
        int number = notice.begin(clock.instant(), clock.compression());
        if (number == 0) {
            scheduleNext(notice); // The alarm rang early, or the clock was moved meanwhile.
            return;
        }
        boolean accepted = false;
        try {
            var with = faults.notificationsOf(notice.news.outTradeNo());
            accepted = deliver(notice, number, with);
            if (accepted) {
                pending.remove(notice.key(), notice);
                for (int i = 0; i < with.duplicate(); i++) {
                    sendOne(notice.news, number, with);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("Telling about {} failed", notice.key(), e);
        } finally {
            notice.end(clock.instant());
        }
        if (accepted || pending.get(notice.key()) == notice) {
            remember(notice, accepted);
        }
        if (!accepted && pending.get(notice.key()) == notice) {
            scheduleNext(notice);
        }
    }

    private boolean deliver(PendingNotice notice, int number, NotificationFaults with)
            throws InterruptedException {
        if (number <= with.drop()) {
            post.lose(notice.news, number);
            return false;
        }
        return sendCopies(notice.news, number, with).stream().anyMatch(SentNotice::accepted);
    }

    private List<SentNotice> sendCopies(News news, int attempt, NotificationFaults with)
            throws InterruptedException {
        if (with.parallel() <= 1) {
            return List.of(sendOne(news, attempt, with));
        }
        var copies = new ArrayList<Future<SentNotice>>();
        for (int i = 0; i < with.parallel(); i++) {
            copies.add(senders.submit(() -> sendOne(news, attempt, with)));
        }
        var answers = new ArrayList<SentNotice>();
        for (var copy : copies) {
            try {
                answers.add(copy.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return answers;
    }

    private SentNotice sendOne(News news, int attempt, NotificationFaults with)
            throws InterruptedException {
        var flaws = with.flaws(Math.max(attempt, 1));
        return post.send(news, attempt, writer.write(news, flaws));
    }

    private void remember(PendingNotice notice, boolean accepted) {
        if (journal.keeps()) {
            journal.put(KIND, notice.key(), JSON.valueToTree(notice.progress(accepted)));
        }
    }

    private void resume() {
        var progress = journal.remembered(KIND);
        for (var order : orders.paid()) {
            var payment = order.payment();
            if (payment != null && !order.terms().notifyUrl().isEmpty()) {
                resume(new News.OfPayment(order, payment), progress);
            }
        }
        for (var refund : refunds.all()) {
            if (News.OfRefund.isDue(refund)) {
                resume(new News.OfRefund(refund), progress);
            }
        }
    }

    private void resume(News news, Map<String, JsonNode> progress) {
        var json = progress.get(news.key());
        var known = json == null ? null : JSON.treeToValue(json, Progress.class);
        if (known != null && known.accepted()) {
            return;
        }
        var notice =
                known == null
                        ? new PendingNotice(news, 0, null)
                        : new PendingNotice(news, known.attempts(), known.lastAttemptAt());
        pending.put(news.key(), notice);
        scheduleNext(notice);
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

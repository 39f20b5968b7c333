package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.notice.Progress;
import io.ferrypay.sandbox.notice.Retelling;
import io.ferrypay.sandbox.notice.Teller;
import io.ferrypay.sandbox.wechat.fault.Faults;
import io.ferrypay.sandbox.wechat.fault.NotificationFaults;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.Refund;
import io.ferrypay.sandbox.wechat.order.Refunds;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the merchant's server what was paid and refunded, by WeChat's table of waits, until it says
 * yes.
 */
@Component
public class Notifications
        implements Resettable, SmartLifecycle, Teller<News, NotificationFaults, SentNotice> {

    private static final String KIND = "wechat-notice";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Retelling<News, NotificationFaults, SentNotice> telling;
    private final Orders orders;
    private final Refunds refunds;
    private final NoticeWriter writer;
    private final NoticePost post;
    private final Faults faults;
    private final Journal journal;

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
        this.journal = journal;
        this.telling = new Retelling<>("wechat", this, RetryTable.WAITS, clock);
    }

    /** Starts telling that this order is paid; comes back at once. */
    public void tell(Order order) {
        var payment = order.payment();
        if (payment != null && !order.terms().notifyUrl().isEmpty()) {
            telling.tell(new News.OfPayment(order, payment));
        }
    }

    /** Starts telling how this refund ended, if anybody wants to know; comes back at once. */
    public void tell(Refund refund) {
        if (News.OfRefund.isDue(refund)) {
            telling.tell(new News.OfRefund(refund));
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
        return telling.sendNow(new News.OfPayment(order, payment), with);
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
        return telling.sendNow(new News.OfRefund(refund), with);
    }

    /** How many notifications nobody accepted yet. */
    public int waiting() {
        return telling.waiting();
    }

    /**
     * The newest notifications, oldest first.
     *
     * @param outTradeNo only those about this order; null for all
     * @param limit how many at most
     */
    public List<SentNotice> sent(@Nullable String outTradeNo, int limit) {
        return telling.sent(
                notice -> outTradeNo == null || notice.outTradeNo().equals(outTradeNo), limit);
    }

    @Override
    public String key(News news) {
        return news.key();
    }

    @Override
    public NotificationFaults faults(News news) {
        return faults.notificationsOf(news.outTradeNo());
    }

    @Override
    public SentNotice send(News news, int attempt, NotificationFaults with)
            throws InterruptedException {
        return post.send(news, attempt, writer.write(news, with.flaws(Math.max(attempt, 1))));
    }

    @Override
    public SentNotice lose(News news, int attempt) {
        return post.lose(news, attempt);
    }

    @Override
    public boolean accepted(SentNotice sent) {
        return sent.accepted();
    }

    @Override
    public void keep(News news, Progress progress) {
        if (journal.keeps()) {
            journal.put(KIND, news.key(), JSON.valueToTree(progress));
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
        telling.tellOn(news, json == null ? Progress.NONE : JSON.treeToValue(json, Progress.class));
    }

    @Override
    public void reset() {
        telling.reset();
    }

    @Override
    public void start() {
        telling.start();
        resume();
    }

    @Override
    public void stop() {
        telling.stop();
    }

    @Override
    public boolean isRunning() {
        return telling.isRunning();
    }
}

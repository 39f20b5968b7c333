package io.ferrypay.sandbox.jdpay.notification;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.fault.JdpayFaults;
import io.ferrypay.sandbox.jdpay.fault.JdpayNotificationFaults;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import io.ferrypay.sandbox.jdpay.order.JdpayOrders;
import io.ferrypay.sandbox.jdpay.order.JdpayRefund;
import io.ferrypay.sandbox.jdpay.order.JdpayStatus;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.notice.Progress;
import io.ferrypay.sandbox.notice.Retelling;
import io.ferrypay.sandbox.notice.Teller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Tells the merchant's server how orders and refunds ended, until it says yes. */
@Component
@OnlyWithJdpayKeys
public class JdpayNotifications
        implements Resettable,
                SmartLifecycle,
                Teller<JdpaySubject, JdpayNotificationFaults, JdpaySentNotice> {

    private static final String KIND = "jdpay-notice";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Retelling<JdpaySubject, JdpayNotificationFaults, JdpaySentNotice> telling;
    private final JdpayOrders orders;
    private final JdpayNoticeWriter writer;
    private final JdpayNoticePost post;
    private final JdpayFaults faults;
    private final Journal journal;

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
        this.journal = journal;
        this.telling = new Retelling<>("jdpay", this, JdpayRetryTable.WAITS, clock);
    }

    /** Starts telling how this order ended; comes back at once. */
    public void tell(JdpayOrder order) {
        if (hasEnded(order)) {
            telling.tell(subject(order));
        }
    }

    /** Starts telling how this refund ended; comes back at once. */
    public void tell(JdpayRefund refund) {
        var subject = subject(refund);
        if (subject != null) {
            telling.tell(subject);
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
        return telling.sendNow(subject(order), with);
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
    public List<JdpaySentNotice> sent(@Nullable String outTradeNo, int limit) {
        return telling.sent(
                notice -> outTradeNo == null || notice.outTradeNo().equals(outTradeNo), limit);
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

    @Override
    public String key(JdpaySubject subject) {
        return subject.key();
    }

    @Override
    public JdpayNotificationFaults faults(JdpaySubject subject) {
        return faults.notificationsOf(subject.tradeNum());
    }

    @Override
    public JdpaySentNotice send(JdpaySubject subject, int attempt, JdpayNotificationFaults with)
            throws InterruptedException {
        var flaws = with.flaws(Math.max(attempt, 1));
        return post.send(subject, attempt, writer.write(subject, flaws), flaws);
    }

    @Override
    public JdpaySentNotice lose(JdpaySubject subject, int attempt) {
        return post.lose(subject, attempt);
    }

    @Override
    public boolean accepted(JdpaySentNotice sent) {
        return sent.accepted();
    }

    @Override
    public void keep(JdpaySubject subject, Progress progress) {
        if (journal.keeps()) {
            journal.put(KIND, subject.key(), JSON.valueToTree(progress));
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
        telling.tellOn(
                subject, json == null ? Progress.NONE : JSON.treeToValue(json, Progress.class));
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

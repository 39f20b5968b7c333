package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.fault.Faults;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Refund;
import io.ferrypay.sandbox.wechat.order.RefundStatus;
import io.ferrypay.sandbox.wechat.order.Refunds;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Lets refunds end by themselves after a while, as ordered, and tells the merchant. */
@Component
public class RefundRuns implements SmartLifecycle {

    private final ScheduledThreadPoolExecutor alarms =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("wechat-refunds").daemon().factory());
    private final Refunds refunds;
    private final Notifications notifications;
    private final Faults faults;
    private final WechatProperties properties;
    private final SandboxClock clock;
    private volatile boolean running;

    RefundRuns(
            Refunds refunds,
            Notifications notifications,
            Faults faults,
            WechatProperties properties,
            SandboxClock clock) {
        this.refunds = refunds;
        this.notifications = notifications;
        this.faults = faults;
        this.properties = properties;
        this.clock = clock;
    }

    /** Starts the refund on its way; comes back at once. */
    public void begin(Refund refund) {
        if (running && refund.status() == RefundStatus.PROCESSING) {
            var delay = properties.refundDelay().dividedBy(clock.compression());
            var _ = alarms.schedule(() -> run(refund), delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /**
     * Ends it now, in this way.
     *
     * @throws OrderRefused when there is no such refund, or it has ended
     */
    public Refund end(String outRefundNo, RefundStatus status) {
        var ended = refunds.end(outRefundNo, status);
        notifications.tell(ended);
        return ended;
    }

    private void run(Refund refund) {
        var outcome = faults.refundOutcomeOf(refund.outTradeNo());
        if (outcome == RefundStatus.PROCESSING) {
            return;
        }
        try {
            end(refund.outRefundNo(), outcome);
        } catch (OrderRefused e) {
            // Somebody else has ended it, or the sandbox was reset.
        }
    }

    @Override
    public void start() {
        running = true;
        refunds.all().forEach(this::begin);
    }

    @Override
    public void stop() {
        running = false;
        alarms.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

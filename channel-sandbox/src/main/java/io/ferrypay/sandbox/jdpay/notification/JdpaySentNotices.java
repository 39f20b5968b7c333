package io.ferrypay.sandbox.jdpay.notification;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The most recent notifications, oldest first. */
@Component
@OnlyWithJdpayKeys
public class JdpaySentNotices implements Resettable {

    private static final int MAX_REMEMBERED = 20_000;

    private final ConcurrentLinkedQueue<JdpaySentNotice> notices = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    void add(JdpaySentNotice notice) {
        notices.add(notice);
        if (size.incrementAndGet() > MAX_REMEMBERED && notices.poll() != null) {
            size.decrementAndGet();
        }
    }

    /**
     * @param outTradeNo only those about this order; null for all
     * @param limit how many at most, the newest of them
     */
    public List<JdpaySentNotice> about(@Nullable String outTradeNo, int limit) {
        var matching =
                notices.stream()
                        .filter(n -> outTradeNo == null || n.outTradeNo().equals(outTradeNo))
                        .toList();
        return matching.subList(Math.max(0, matching.size() - limit), matching.size());
    }

    @Override
    public void reset() {
        notices.clear();
        size.set(0);
    }
}

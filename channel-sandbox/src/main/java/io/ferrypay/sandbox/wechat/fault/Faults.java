package io.ferrypay.sandbox.wechat.fault;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.wechat.order.RefundStatus;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The faults ordered now. Faults of one order go before those of all orders. */
@Component
public class Faults implements Resettable {

    private static final String ALL = "";
    private static final int MAX_TARGETS = 10_000;

    private final ConcurrentHashMap<String, Active> active = new ConcurrentHashMap<>();

    /**
     * Replaces what was ordered for the same target.
     *
     * @throws IllegalArgumentException when the order names an unknown operation, or there are too
     *     many targets
     */
    public void order(FaultOrder order) {
        var target = order.appliesTo() == null ? ALL : order.appliesTo();
        if (active.size() >= MAX_TARGETS && !active.containsKey(target)) {
            throw new IllegalArgumentException("at most " + MAX_TARGETS + " orders have faults");
        }
        active.put(target, Active.of(order));
    }

    /** Whatever was ordered for one target is about another from now on, if anything was. */
    public void follow(String target, String outTradeNo) {
        var faults = target.isEmpty() ? null : active.remove(target);
        if (faults != null) {
            active.put(outTradeNo, faults);
        }
    }

    /** What is wrong with notifications of this order. */
    public NotificationFaults notificationsOf(String outTradeNo) {
        var faults = about(outTradeNo);
        return faults == null ? NotificationFaults.NONE : faults.notification();
    }

    /** Decides what goes wrong with this call, and uses that up. */
    public ApiMisbehaviour draw(ApiOperation operation, @Nullable String outTradeNo) {
        var faults = about(outTradeNo);
        var remaining = faults == null ? null : faults.api().get(operation);
        return remaining == null ? ApiMisbehaviour.NONE : remaining.draw();
    }

    /** What becomes of refunds of this order by themselves. */
    public RefundStatus refundOutcomeOf(String outTradeNo) {
        var faults = about(outTradeNo);
        return faults == null ? RefundStatus.SUCCESS : faults.refundOutcome();
    }

    /** Whether there is no money for this refund, and uses that up. */
    public boolean drawNotEnough(String outTradeNo) {
        var faults = about(outTradeNo);
        return faults != null && Remaining.take(faults.notEnough());
    }

    @Override
    public void reset() {
        active.clear();
    }

    private @Nullable Active about(@Nullable String outTradeNo) {
        if (active.isEmpty()) {
            return null;
        }
        var own = outTradeNo == null ? null : active.get(outTradeNo);
        return own == null ? active.get(ALL) : own;
    }

    private record Active(
            NotificationFaults notification,
            Map<ApiOperation, Remaining> api,
            RefundStatus refundOutcome,
            AtomicInteger notEnough) {

        static Active of(FaultOrder order) {
            var api = new EnumMap<ApiOperation, Remaining>(ApiOperation.class);
            if (order.api() != null) {
                order.api()
                        .forEach((name, faults) ->
                                api.put(
                                        ApiOperation.valueOf(name.toUpperCase(Locale.ROOT)),
                                        new Remaining(faults)));
            }
            var refund = order.refund();
            return new Active(
                    order.notification() == null ? NotificationFaults.NONE : order.notification(),
                    api,
                    refund == null || refund.outcome() == null
                            ? RefundStatus.SUCCESS
                            : refund.outcome(),
                    Remaining.counter(refund == null ? null : refund.notEnough()));
        }
    }

    /** How often each fault of an operation still strikes. */
    private static final class Remaining {

        private final long timeoutAfterMs;
        private final AtomicInteger failBefore;
        private final AtomicInteger failAfter;
        private final AtomicInteger unsigned;
        private final AtomicInteger badSignature;
        private final AtomicInteger html502;
        private final AtomicInteger rateLimited;

        Remaining(ApiFaults faults) {
            timeoutAfterMs = faults.timeoutAfterMs();
            failBefore = counter(faults.failBefore());
            failAfter = counter(faults.failAfter());
            unsigned = counter(faults.unsigned());
            badSignature = counter(faults.badSignature());
            html502 = counter(faults.html502());
            rateLimited = counter(faults.rateLimited());
        }

        /** Faults that keep a call from being done leave the others for the next one. */
        ApiMisbehaviour draw() {
            if (take(rateLimited)) {
                return new ApiMisbehaviour(false, false, 0, false, false, false, true);
            }
            if (take(failBefore)) {
                return new ApiMisbehaviour(true, false, 0, false, false, false, false);
            }
            return new ApiMisbehaviour(
                    false,
                    take(failAfter),
                    timeoutAfterMs,
                    take(unsigned),
                    take(badSignature),
                    take(html502),
                    false);
        }

        private static AtomicInteger counter(@Nullable Times times) {
            return new AtomicInteger(times == null ? 0 : times.count());
        }

        private static boolean take(AtomicInteger counter) {
            return counter.getAndUpdate(left -> left > 0 ? left - 1 : 0) > 0;
        }
    }
}

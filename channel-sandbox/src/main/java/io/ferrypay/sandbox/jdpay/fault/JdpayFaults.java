package io.ferrypay.sandbox.jdpay.fault;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.fault.JdpayMisbehaviour.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The faults ordered now. Faults of one order go before those of all orders. */
@Component
@OnlyWithJdpayKeys
public class JdpayFaults implements Resettable {

    private static final String ALL = "";
    private static final int MAX_TARGETS = 10_000;

    private final ConcurrentHashMap<String, Active> active = new ConcurrentHashMap<>();

    /**
     * Replaces what was ordered for the same target.
     *
     * @throws IllegalArgumentException when the order names an unknown operation, or there are too
     *     many targets
     */
    public void order(JdpayFaultOrder order) {
        var target = order.appliesTo() == null ? ALL : order.appliesTo();
        if (active.size() >= MAX_TARGETS && !active.containsKey(target)) {
            throw new IllegalArgumentException("at most " + MAX_TARGETS + " orders have faults");
        }
        active.put(target, Active.of(order));
    }

    /** What is wrong with notifications about this order. */
    public JdpayNotificationFaults notificationsOf(String tradeNum) {
        var faults = about(tradeNum);
        return faults == null ? JdpayNotificationFaults.NONE : faults.notification();
    }

    /** Whether refunds of this order wait for a command. */
    public boolean holdsRefundsOf(String tradeNum) {
        var faults = about(tradeNum);
        return faults != null && faults.holdRefunds();
    }

    /** Decides what goes wrong with this call, and uses that up. */
    public JdpayMisbehaviour draw(JdpayOperation operation, @Nullable String tradeNum) {
        var faults = about(tradeNum);
        var remaining = faults == null ? null : faults.api().get(operation);
        return remaining == null ? JdpayMisbehaviour.NONE : remaining.draw();
    }

    @Override
    public void reset() {
        active.clear();
    }

    private @Nullable Active about(@Nullable String tradeNum) {
        if (active.isEmpty()) {
            return null;
        }
        var own = tradeNum == null ? null : active.get(tradeNum);
        return own == null ? active.get(ALL) : own;
    }

    private record Active(
            JdpayNotificationFaults notification,
            Map<JdpayOperation, Remaining> api,
            boolean holdRefunds) {

        static Active of(JdpayFaultOrder order) {
            var api = new EnumMap<JdpayOperation, Remaining>(JdpayOperation.class);
            if (order.api() != null) {
                order.api()
                        .forEach((name, faults) ->
                                api.put(
                                        JdpayOperation.valueOf(name.toUpperCase(Locale.ROOT)),
                                        new Remaining(faults)));
            }
            return new Active(
                    order.notification() == null
                            ? JdpayNotificationFaults.NONE
                            : order.notification(),
                    api,
                    order.holdRefunds());
        }
    }

    /** How often each fault of an operation still strikes. */
    private static final class Remaining {

        private final long timeoutAfterMs;
        private final Map<Kind, AtomicInteger> left = new EnumMap<>(Kind.class);

        Remaining(JdpayApiFaults faults) {
            timeoutAfterMs = faults.timeoutAfterMs();
            put(Kind.FAIL_BEFORE, faults.failBefore());
            put(Kind.BUSY, faults.busy());
            put(Kind.FAIL_AFTER, faults.failAfter());
            put(Kind.CUT, faults.cut());
            put(Kind.UNSIGNED, faults.unsigned());
            put(Kind.BAD_SIGNATURE, faults.badSignature());
            put(Kind.HTML_502, faults.html502());
            put(Kind.BUSY_AFTER, faults.busyAfter());
            put(Kind.OTHER_ORDER, faults.otherOrder());
        }

        /** Faults that keep a call from being done leave the others for the next one. */
        JdpayMisbehaviour draw() {
            var drawn = EnumSet.noneOf(Kind.class);
            for (var kind : left.entrySet()) {
                if (kind.getValue().getAndUpdate(n -> n > 0 ? n - 1 : 0) > 0) {
                    drawn.add(kind.getKey());
                    if (kind.getKey() == Kind.FAIL_BEFORE || kind.getKey() == Kind.BUSY) {
                        return new JdpayMisbehaviour(drawn, 0);
                    }
                }
            }
            return new JdpayMisbehaviour(drawn, timeoutAfterMs);
        }

        private void put(Kind kind, @Nullable Times times) {
            if (times != null) {
                left.put(kind, new AtomicInteger(times.count()));
            }
        }
    }
}

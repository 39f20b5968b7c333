package io.ferrypay.sandbox.alipay.fault;

import io.ferrypay.sandbox.alipay.fault.AlipayFaultOrder.StatementFaults;
import io.ferrypay.sandbox.control.Resettable;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The faults ordered now. Faults of one order go before those of all orders. */
@Component
public class AlipayFaults implements Resettable {

    private static final String ALL = "";
    private static final int MAX_TARGETS = 10_000;

    private final ConcurrentHashMap<String, Active> active = new ConcurrentHashMap<>();

    /**
     * Replaces what was ordered for the same target.
     *
     * @throws IllegalArgumentException when the order names an unknown operation, or there are too
     *     many targets
     */
    public void order(AlipayFaultOrder order) {
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

    public NoticeFaults notificationsOf(String outTradeNo) {
        var faults = about(outTradeNo);
        return faults == null ? NoticeFaults.NONE : faults.notification();
    }

    public boolean refundsWait(String outTradeNo) {
        var faults = about(outTradeNo);
        return faults != null && faults.refundsWait();
    }

    public boolean refundsAreRefused(String outTradeNo) {
        var faults = about(outTradeNo);
        return faults != null && faults.refundsAreRefused();
    }

    public StatementFaults statement() {
        var faults = active.get(ALL);
        return faults == null ? StatementFaults.NONE : faults.statement();
    }

    /** Decides what goes wrong with this call, and uses that up. */
    public GatewayMisbehaviour draw(GatewayOperation operation, @Nullable String outTradeNo) {
        var faults = about(outTradeNo);
        var remaining = faults == null ? null : faults.api().get(operation);
        return remaining == null ? GatewayMisbehaviour.NONE : remaining.draw();
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
            NoticeFaults notification,
            Map<GatewayOperation, Remaining> api,
            boolean refundsWait,
            boolean refundsAreRefused,
            StatementFaults statement) {

        static Active of(AlipayFaultOrder order) {
            var api = new EnumMap<GatewayOperation, Remaining>(GatewayOperation.class);
            if (order.api() != null) {
                order.api()
                        .forEach((name, faults) ->
                                api.put(
                                        GatewayOperation.valueOf(name.toUpperCase(Locale.ROOT)),
                                        new Remaining(faults)));
            }
            return new Active(
                    order.notification() == null ? NoticeFaults.NONE : order.notification(),
                    api,
                    "wait".equals(order.refunds()),
                    "refuse".equals(order.refunds()),
                    order.statement() == null ? StatementFaults.NONE : order.statement());
        }
    }

    /** How often each fault of an operation still strikes. */
    private static final class Remaining {

        private final long timeoutAfterMs;
        private final AtomicInteger failBefore;
        private final AtomicInteger failAfter;
        private final AtomicInteger cut;
        private final AtomicInteger unsigned;
        private final AtomicInteger badSignature;
        private final AtomicInteger html502;

        Remaining(GatewayFaults faults) {
            timeoutAfterMs = faults.timeoutAfterMs();
            failBefore = counter(faults.failBefore());
            failAfter = counter(faults.failAfter());
            cut = counter(faults.cut());
            unsigned = counter(faults.unsigned());
            badSignature = counter(faults.badSignature());
            html502 = counter(faults.html502());
        }

        /** Faults that keep a call from being done leave the others for the next one. */
        GatewayMisbehaviour draw() {
            if (take(failBefore)) {
                return new GatewayMisbehaviour(true, false, 0, false, false, false, false);
            }
            return new GatewayMisbehaviour(
                    false,
                    take(failAfter),
                    timeoutAfterMs,
                    take(cut),
                    take(unsigned),
                    take(badSignature),
                    take(html502));
        }

        private static AtomicInteger counter(@Nullable Strikes strikes) {
            return new AtomicInteger(strikes == null ? 0 : strikes.count());
        }

        private static boolean take(AtomicInteger counter) {
            return counter.getAndUpdate(left -> left > 0 ? left - 1 : 0) > 0;
        }
    }
}

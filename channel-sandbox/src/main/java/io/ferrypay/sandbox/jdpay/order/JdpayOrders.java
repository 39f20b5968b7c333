package io.ferrypay.sandbox.jdpay.order;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.jdpay.JdpayProperties;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import io.ferrypay.sandbox.journal.Journal;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every order JD knows, with its refunds. An order changes under its own lock only, so orders do
 * not wait for each other.
 */
@Component
@OnlyWithJdpayKeys
public class JdpayOrders implements Resettable {

    private static final String KIND = "jdpay-order";
    private static final DateTimeFormatter BEIJING_SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConcurrentHashMap<String, JdpayOrder> byNumber = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> numberByCode = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> numberByRefund = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> oldestFirst = new ConcurrentLinkedQueue<>();

    /** Starts at the time of day, so that a restarted sandbox does not give a number twice. */
    private final AtomicLong nextId =
            new AtomicLong(LocalTime.now(ZoneOffset.UTC).toNanoOfDay() / 100_000);

    private final SecureRandom random = new SecureRandom();
    private final JdpayProperties properties;
    private final SandboxClock clock;
    private final Journal journal;

    JdpayOrders(JdpayProperties properties, SandboxClock clock, Journal journal) {
        this.properties = properties;
        this.clock = clock;
        this.journal = journal;
        for (var json : journal.remembered(KIND).values()) {
            index(JSON.treeToValue(json, JdpayOrder.class));
        }
        forgetOldest();
    }

    /**
     * Takes an order, or finds the one placed before with the same terms.
     *
     * @param byScanning whether it gets a QR code
     * @throws JdpayError when the number was used for other terms, or its order has ended
     */
    public JdpayOrder place(JdpayTerms terms, boolean byScanning) {
        var now = clock.instant();
        if (numberByRefund.containsKey(terms.tradeNum())) {
            throw new JdpayError(JdpayError.Code.SIM202);
        }
        var fresh =
                JdpayOrder.placed(terms, newId(now), secret(), byScanning ? secret() : null, now);
        var order =
                byNumber.compute(
                        terms.tradeNum(),
                        (_, known) ->
                                known == null ? keep(fresh) : known.at(now).placedAgain(terms));
        if (order.orderId().equals(fresh.orderId())) {
            if (order.code() != null) {
                numberByCode.put(order.code(), order.tradeNum());
            }
            oldestFirst.add(order.tradeNum());
            forgetOldest();
        }
        return order;
    }

    /** The order with the merchant's number, or null. */
    public @Nullable JdpayOrder find(@Nullable String tradeNum) {
        var order = tradeNum == null ? null : byNumber.get(tradeNum);
        return order == null ? null : order.at(clock.instant());
    }

    /** The same, where there has to be one. */
    public JdpayOrder require(@Nullable String tradeNum) {
        var order = find(tradeNum);
        if (order == null) {
            throw new JdpayError(JdpayError.Code.SIM201);
        }
        return order;
    }

    /** The order behind a QR code, or null. */
    public @Nullable JdpayOrder findByCode(String code) {
        return find(numberByCode.get(code));
    }

    /** The order that a refund belongs to, or null. */
    public @Nullable JdpayOrder findByRefund(@Nullable String refundNumber) {
        return refundNumber == null ? null : find(numberByRefund.get(refundNumber));
    }

    public JdpayOrder pay(String tradeNum) {
        return change(tradeNum, JdpayOrder::paid);
    }

    public JdpayOrder decline(String tradeNum) {
        return change(tradeNum, JdpayOrder::failed);
    }

    /** The payer's app is asking for a yes: not paid yet. */
    public JdpayOrder confirming(String tradeNum) {
        return change(tradeNum, (order, _) -> order.confirming());
    }

    /** Closes as if the order's time had come. */
    public JdpayOrder expire(String tradeNum) {
        return change(tradeNum, (order, _) -> order.closed());
    }

    /**
     * Gives money back, or answers what came of the same request before.
     *
     * @param atOnce whether it succeeds now
     */
    public JdpayRefund refund(JdpayRefund wanted, boolean atOnce) {
        return back(wanted, atOnce);
    }

    /** Closes an unpaid order; of a paid one the money goes back. */
    public JdpayOrder revoke(JdpayRefund wanted) {
        var order = require(wanted.oTradeNum());
        if (order.status() == JdpayStatus.SUCCESS) {
            back(wanted, true);
        } else {
            expire(order.tradeNum());
        }
        return require(wanted.oTradeNum());
    }

    private JdpayRefund back(JdpayRefund wanted, boolean atOnce) {
        if (byNumber.containsKey(wanted.tradeNum())) {
            throw new JdpayError(JdpayError.Code.SIM202);
        }
        var owner = numberByRefund.putIfAbsent(wanted.tradeNum(), wanted.oTradeNum());
        if (owner != null && !owner.equals(wanted.oTradeNum())) {
            throw new JdpayError(JdpayError.Code.SIM202);
        }
        try {
            var changed =
                    change(
                            wanted.oTradeNum(),
                            (order, now) -> {
                                var known = order.refund(wanted.tradeNum());
                                if (known != null) {
                                    if (!known.isSameRequest(wanted)) {
                                        throw new JdpayError(JdpayError.Code.SIM202);
                                    }
                                    return order;
                                }
                                var begun = order.refunded(wanted, properties.refundWindow(), now);
                                return atOnce
                                        ? begun.refundEnded(
                                                wanted.tradeNum(), JdpayRefund.State.SUCCESS, now)
                                        : begun;
                            });
            var refund = changed.refund(wanted.tradeNum());
            if (refund == null) {
                throw new IllegalStateException("a refund that was just made is not there");
            }
            return refund;
        } catch (JdpayError e) {
            if (owner == null) {
                numberByRefund.remove(wanted.tradeNum());
            }
            throw e;
        }
    }

    /** Ends a refund that is under way. */
    public JdpayRefund endRefund(String refundNumber, JdpayRefund.State end) {
        var number = numberByRefund.get(refundNumber);
        if (number == null) {
            throw new JdpayError(JdpayError.Code.SIM201);
        }
        var changed =
                change(
                        number,
                        (order, now) -> {
                            var refund = order.refund(refundNumber);
                            if (refund == null || refund.state() != JdpayRefund.State.PROCESSING) {
                                throw new JdpayError(JdpayError.Code.SIM203);
                            }
                            return order.refundEnded(refundNumber, end, now);
                        });
        var refund = changed.refund(refundNumber);
        if (refund == null) {
            throw new JdpayError(JdpayError.Code.SIM201);
        }
        return refund;
    }

    /** Every order, for bills and for telling again after a restart. */
    public List<JdpayOrder> all() {
        var now = clock.instant();
        return byNumber.values().stream().map(order -> order.at(now)).toList();
    }

    @Override
    public void reset() {
        byNumber.clear();
        numberByCode.clear();
        numberByRefund.clear();
        oldestFirst.clear();
        journal.clear();
    }

    private JdpayOrder change(String tradeNum, BiFunction<JdpayOrder, Instant, JdpayOrder> verb) {
        var now = clock.instant();
        var changed =
                byNumber.computeIfPresent(
                        tradeNum,
                        (_, order) -> {
                            var after = verb.apply(order.at(now), now);
                            return after.equals(order) ? order : keep(after);
                        });
        if (changed == null) {
            throw new JdpayError(JdpayError.Code.SIM201);
        }
        return changed;
    }

    private JdpayOrder keep(JdpayOrder order) {
        if (journal.keeps()) {
            journal.put(KIND, order.tradeNum(), JSON.valueToTree(order));
        }
        return order;
    }

    private void index(JdpayOrder order) {
        byNumber.put(order.tradeNum(), order);
        if (order.code() != null) {
            numberByCode.put(order.code(), order.tradeNum());
        }
        for (var refund : order.refunds()) {
            numberByRefund.put(refund.tradeNum(), order.tradeNum());
        }
        oldestFirst.add(order.tradeNum());
    }

    private void forgetOldest() {
        while (byNumber.size() > properties.maxOrders()) {
            var number = oldestFirst.poll();
            if (number == null) {
                return;
            }
            var forgotten = byNumber.remove(number);
            if (forgotten != null) {
                if (forgotten.code() != null) {
                    numberByCode.remove(forgotten.code());
                }
                forgotten.refunds().forEach(refund -> numberByRefund.remove(refund.tradeNum()));
            }
        }
    }

    private String secret() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private String newId(Instant now) {
        return BEIJING_SECOND.format(now) + "%010d".formatted(nextId.incrementAndGet());
    }
}

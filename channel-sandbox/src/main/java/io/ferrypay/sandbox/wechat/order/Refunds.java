package io.ferrypay.sandbox.wechat.order;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.wechat.WechatProperties;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Every refund WeChat knows. The refunds of one order are judged one after another. */
@Component
public class Refunds implements Resettable {

    private static final String KIND = "wechat-refund";
    private static final String ID_PREFIX = "50000000";
    private static final Duration WINDOW = Duration.ofDays(365);
    private static final int MOST_PER_ORDER = 50;
    private static final DateTimeFormatter BEIJING_DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.ofHours(8));
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConcurrentHashMap<String, Refund> byNumber = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, List<String>> numbersByOrder =
            new ConcurrentHashMap<>();
    private final AtomicLong nextId =
            new AtomicLong(LocalTime.now(ZoneOffset.UTC).toNanoOfDay() / 10_000);
    private final Orders orders;
    private final WechatProperties properties;
    private final SandboxClock clock;
    private final Journal journal;

    Refunds(Orders orders, WechatProperties properties, SandboxClock clock, Journal journal) {
        this.orders = orders;
        this.properties = properties;
        this.clock = clock;
        this.journal = journal;
        for (var json : journal.remembered(KIND).values()) {
            index(JSON.treeToValue(json, Refund.class));
        }
    }

    /**
     * Takes a refund, or finds the one asked for before with the same terms.
     *
     * @throws OrderRefused when the order or WeChat's rules do not allow it
     */
    public Refund ask(RefundTerms terms) {
        var taken = new Refund[1];
        numbersByOrder.compute(
                terms.outTradeNo(),
                (_, numbers) -> {
                    var known = numbers == null ? List.<String>of() : numbers;
                    taken[0] = askOne(terms, known.stream().map(byNumber::get).toList());
                    if (known.contains(terms.outRefundNo())) {
                        return known;
                    }
                    var more = new ArrayList<>(known);
                    more.add(terms.outRefundNo());
                    return more;
                });
        return taken[0];
    }

    private Refund askOne(RefundTerms terms, List<Refund> before) {
        var same = byNumber.get(terms.outRefundNo());
        if (same != null) {
            if (!same.terms().equals(terms)) {
                throw new OrderRefused(OrderRefused.Reason.REFUND_TERMS_DIFFER);
            }
            return same;
        }
        var order = orders.find(terms.outTradeNo());
        if (order == null) {
            throw new OrderRefused(OrderRefused.Reason.UNKNOWN_ORDER);
        }
        var payment = order.payment();
        if (payment == null) {
            throw new OrderRefused(OrderRefused.Reason.NOT_PAID);
        }
        var now = clock.instant();
        judge(terms, order, payment, before, now);
        orders.refunded(terms.outTradeNo());
        var refund =
                new Refund(
                        terms,
                        order.terms().spMchid(),
                        order.terms().subMchid(),
                        newId(now),
                        payment.id(),
                        payment.payerTotal(),
                        payerRefund(terms, order, payment, before),
                        payment.rate(),
                        RefundStatus.PROCESSING,
                        now,
                        null);
        return keep(refund);
    }

    private void judge(
            RefundTerms terms, Order order, Payment payment, List<Refund> before, Instant now) {
        if (terms.total() != order.terms().total()
                || !terms.currency().equals(order.terms().currency())) {
            throw new OrderRefused(OrderRefused.Reason.REFUND_TERMS_DIFFER);
        }
        if (now.isAfter(payment.at().plus(WINDOW))) {
            throw new OrderRefused(OrderRefused.Reason.REFUND_TOO_LATE);
        }
        if (before.size() >= MOST_PER_ORDER) {
            throw new OrderRefused(OrderRefused.Reason.REFUND_TOO_MANY);
        }
        if (Math.addExact(gone(before), terms.refund()) > order.terms().total()) {
            throw new OrderRefused(OrderRefused.Reason.REFUND_TOO_MUCH);
        }
        var earliest = now.minus(properties.refundSpacing());
        if (before.stream().anyMatch(refund -> refund.createdAt().isAfter(earliest))) {
            throw new OrderRefused(OrderRefused.Reason.REFUND_TOO_SOON);
        }
    }

    private static long gone(List<Refund> refunds) {
        return refunds.stream()
                .filter(refund -> refund.status() != RefundStatus.REFUNDCLOSE)
                .mapToLong(refund -> refund.terms().refund())
                .sum();
    }

    /** At the payment's rate; the last one takes what is left, so that the payer's legs add up. */
    private static long payerRefund(
            RefundTerms terms, Order order, Payment payment, List<Refund> before) {
        if (gone(before) + terms.refund() == order.terms().total()) {
            return payment.payerTotal()
                    - before.stream()
                            .filter(refund -> refund.status() != RefundStatus.REFUNDCLOSE)
                            .mapToLong(Refund::payerRefund)
                            .sum();
        }
        return BigDecimal.valueOf(payment.payerTotal())
                .multiply(BigDecimal.valueOf(terms.refund()))
                .divide(BigDecimal.valueOf(order.terms().total()), 0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    public @Nullable Refund find(String outRefundNo) {
        return byNumber.get(outRefundNo);
    }

    public @Nullable Refund findById(String id) {
        return byNumber.values().stream()
                .filter(refund -> refund.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    public List<Refund> all() {
        return List.copyOf(byNumber.values());
    }

    /**
     * Gives the refund its result.
     *
     * @throws OrderRefused when there is none, or it has another result for good
     */
    public Refund end(String outRefundNo, RefundStatus status) {
        var now = clock.instant();
        var ended =
                byNumber.computeIfPresent(
                        outRefundNo, (_, refund) -> journaled(refund.ended(status, now)));
        if (ended == null) {
            throw new OrderRefused(OrderRefused.Reason.UNKNOWN_REFUND);
        }
        return ended;
    }

    @Override
    public void reset() {
        byNumber.clear();
        numbersByOrder.clear();
    }

    private Refund keep(Refund refund) {
        byNumber.put(refund.outRefundNo(), journaled(refund));
        return refund;
    }

    private Refund journaled(Refund refund) {
        if (journal.keeps()) {
            journal.put(KIND, refund.outRefundNo(), JSON.valueToTree(refund));
        }
        return refund;
    }

    private void index(Refund refund) {
        byNumber.put(refund.outRefundNo(), refund);
        numbersByOrder
                .computeIfAbsent(refund.outTradeNo(), _ -> new ArrayList<>())
                .add(refund.outRefundNo());
    }

    private String newId(Instant now) {
        return ID_PREFIX + BEIJING_DAY.format(now) + "%013d".formatted(nextId.incrementAndGet());
    }
}

package io.ferrypay.sandbox.payease;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.payease.Order.Refund;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Every order Payease knows. An order changes under its own lock only. */
@Component("payeaseOrders")
class Orders implements Resettable {

    static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private static final String KIND = "payease-order";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConcurrentHashMap<String, Order> byOid = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> oidByNumber = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> oldestFirst = new ConcurrentLinkedQueue<>();

    /** Starts at the time of day, so that a restarted sandbox does not give a number twice. */
    private final AtomicLong nextRefund =
            new AtomicLong(LocalTime.now(ZoneOffset.UTC).toNanoOfDay() / 10_000);

    private final PayeaseProperties properties;
    private final SandboxClock clock;
    private final Journal journal;

    Orders(PayeaseProperties properties, SandboxClock clock, Journal journal) {
        this.properties = properties;
        this.clock = clock;
        this.journal = journal;
        for (var json : journal.remembered(KIND).values()) {
            index(JSON.treeToValue(json, Order.class));
        }
        forgetOldest();
    }

    /**
     * Takes the order, or finds it again.
     *
     * @throws Refused when the number stands for another amount, or is not payable any more
     */
    Order place(Order placed) {
        var kept =
                byOid.compute(
                        placed.oid(),
                        (_, known) -> {
                            if (known == null) {
                                return keep(placed);
                            }
                            var now = current(known);
                            if (now.fen() != placed.fen()) {
                                throw new Refused("Order number used for another amount");
                            }
                            if (!now.isPayable()) {
                                throw new Refused(Refused.NOT_PAYABLE);
                            }
                            return keep(now.arrivedAgain(placed));
                        });
        if (oidByNumber.putIfAbsent(kept.number(), kept.oid()) == null) {
            oldestFirst.add(kept.oid());
            forgetOldest();
        }
        return kept;
    }

    @Nullable Order find(@Nullable String oid) {
        var order = oid == null ? null : byOid.get(oid);
        return order == null ? null : current(order);
    }

    /**
     * By the merchant's own part of the number.
     *
     * @throws Refused when there is none
     */
    Order ofNumber(String number) {
        var order = find(oidByNumber.get(number));
        if (order == null) {
            throw new Refused(Refused.INVALID_ORDER);
        }
        return order;
    }

    /** The payer pays: done, or failed where the bank's limits do not allow it. */
    Order pay(String oid, Limits limits) {
        return change(
                oid,
                order -> {
                    requirePayable(order);
                    return limits.allow(order.bank(), order.fen(), paidToday(order.bank()))
                            ? order.paid(clock.instant())
                            : order.failed("超过限额");
                });
    }

    Order fail(String oid, String why) {
        return change(
                oid,
                order -> {
                    requirePayable(order);
                    return order.failed(why);
                });
    }

    Order expire(String oid) {
        return change(
                oid,
                order -> {
                    requirePayable(order);
                    return order.lapsed();
                });
    }

    Order choose(String oid, Bank bank) {
        return change(
                oid,
                order -> {
                    requirePayable(order);
                    return order.chosen(bank);
                });
    }

    /** Every accepted call is another refund: this protocol has no way to tell a repetition. */
    Refund refund(String oid, long fen, String reason, String operator) {
        var made = new Refund[1];
        change(
                oid,
                order -> {
                    if (order.state() != Order.State.PAID) {
                        throw new Refused(Refused.INVALID_ORDER);
                    }
                    if (fen <= 0) {
                        throw new Refused("Invalid refund money");
                    }
                    if (fen > order.refundable(clock.instant(), properties.refundAfter())) {
                        throw new Refused("Refund money exceed order limit");
                    }
                    made[0] =
                            new Refund(
                                    String.valueOf(nextRefund.incrementAndGet()),
                                    fen,
                                    reason,
                                    operator,
                                    clock.instant(),
                                    null);
                    return order.refunded(made[0]);
                });
        return made[0];
    }

    /**
     * Decides the refund whose reason is that number.
     *
     * @throws Refused when there is none
     */
    void decide(String refundNumber, boolean done) {
        for (var order : byOid.values()) {
            if (order.refunds().stream().anyMatch(r -> r.reason().equals(refundNumber))) {
                change(order.oid(), known -> known.decided(refundNumber, done));
                return;
            }
        }
        throw new Refused("Invalid refund number");
    }

    /** Every order with a refund asked for on that Beijing day. */
    List<Order> refundedOn(LocalDate day) {
        var found = new ArrayList<Order>();
        for (var order : byOid.values()) {
            if (order.refunds().stream().anyMatch(refund -> day(refund.at()).equals(day))) {
                found.add(order);
            }
        }
        return found;
    }

    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, BEIJING);
    }

    @Override
    public void reset() {
        byOid.clear();
        oidByNumber.clear();
        oldestFirst.clear();
        journal.clear();
    }

    private long paidToday(@Nullable Bank bank) {
        var today = day(clock.instant());
        long fen = 0;
        for (var order : byOid.values()) {
            var paidAt = order.paidAt();
            if (order.bank() == bank && paidAt != null && day(paidAt).equals(today)) {
                fen += order.fen();
            }
        }
        return fen;
    }

    private static void requirePayable(Order order) {
        if (!order.isPayable()) {
            throw new Refused(Refused.NOT_PAYABLE);
        }
    }

    private Order change(String oid, UnaryOperator<Order> verb) {
        var changed = byOid.computeIfPresent(oid, (_, order) -> keep(verb.apply(current(order))));
        if (changed == null) {
            throw new Refused(Refused.INVALID_ORDER);
        }
        return changed;
    }

    private Order current(Order order) {
        return order.at(clock.instant(), properties.orderLifetime());
    }

    private Order keep(Order order) {
        if (journal.keeps()) {
            journal.put(KIND, order.oid(), JSON.valueToTree(order));
        }
        return order;
    }

    private void index(Order order) {
        byOid.put(order.oid(), order);
        oidByNumber.put(order.number(), order.oid());
        oldestFirst.add(order.oid());
    }

    private void forgetOldest() {
        while (byOid.size() > properties.maxOrders()) {
            var oid = oldestFirst.poll();
            if (oid == null) {
                return;
            }
            var forgotten = byOid.remove(oid);
            if (forgotten != null) {
                oidByNumber.remove(forgotten.number());
            }
        }
    }
}

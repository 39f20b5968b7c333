package io.ferrypay.sandbox.wechat.order;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import io.ferrypay.sandbox.wechat.WechatProperties;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every order WeChat knows, by order number, ticket and WeChat's own number.
 *
 * <p>An order changes under its own lock only, so orders do not wait for each other.
 */
@Component
public class Orders implements Resettable {

    private static final String KIND = "wechat-order";
    private static final String CODE_PREFIX = "weixin://wxpay/s/";
    private static final String CODE_ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int CODE_LENGTH = 16;
    private static final Duration REVERSIBLE = Duration.ofDays(7);
    private static final String ID_PREFIX = "4200000000";
    private static final DateTimeFormatter BEIJING_DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.ofHours(8));
    private static final DateTimeFormatter BEIJING_SECOND =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.ofHours(8));
    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConcurrentHashMap<String, Order> byNumber = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> numberByTicket = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> numberById = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> oldestFirst = new ConcurrentLinkedQueue<>();

    /** Starts at the time of day, so that a restarted sandbox does not give a number twice. */
    private final AtomicLong nextId =
            new AtomicLong(LocalTime.now(ZoneOffset.UTC).toNanoOfDay() / 10_000);

    private final SecureRandom random = new SecureRandom();
    private final WechatProperties properties;
    private final YuanRates rates;
    private final SandboxClock clock;
    private final Journal journal;

    Orders(WechatProperties properties, YuanRates rates, SandboxClock clock, Journal journal) {
        this.properties = properties;
        this.rates = rates;
        this.clock = clock;
        this.journal = journal;
        for (var json : journal.remembered(KIND).values()) {
            index(JSON.treeToValue(json, Order.class));
        }
        forgetOldest();
    }

    /**
     * Takes an order, or finds the one placed before with the same terms.
     *
     * @throws OrderRefused when the number was used for other terms, or its order has ended
     */
    public Order place(Terms terms) {
        var now = clock.instant();
        var ticket = ticket(terms.tradeType(), now);
        var order =
                byNumber.compute(
                        terms.outTradeNo(),
                        (_, known) ->
                                known == null
                                        ? keep(Order.placed(terms, ticket, now))
                                        : keepIfChanged(
                                                known,
                                                known.at(now).placedAgain(terms, ticket, now)));
        if (order.ticket().equals(ticket)) {
            numberByTicket.put(ticket, order.outTradeNo());
            if (order.createdAt().equals(now)) {
                oldestFirst.add(order.outTradeNo());
                forgetOldest();
            }
        }
        return order;
    }

    /**
     * Takes an order to be paid by a shown code, or finds the one placed before with the same
     * terms.
     *
     * @throws OrderRefused when the number was used for other terms, or its order has ended
     */
    public Order charge(Terms terms) {
        var now = clock.instant();
        var order =
                byNumber.compute(
                        terms.outTradeNo(),
                        (number, known) ->
                                known == null
                                        ? keep(Order.placed(terms, "micropay:" + number, now))
                                        : keepIfChanged(known, known.at(now).chargedAgain(terms)));
        if (order.createdAt().equals(now)) {
            oldestFirst.add(order.outTradeNo());
            forgetOldest();
        }
        return order;
    }

    public Order askPassword(String outTradeNo) {
        return change(outTradeNo, Order::asking);
    }

    /**
     * Takes a charge by a shown code back.
     *
     * @throws OrderRefused when there is none, or it was seven days ago
     */
    public Order reverse(String outTradeNo) {
        var earliest = clock.instant().minus(REVERSIBLE);
        return change(
                outTradeNo,
                order -> {
                    if (order.createdAt().isBefore(earliest)) {
                        throw new OrderRefused(OrderRefused.Reason.TOO_LATE_TO_REVERSE);
                    }
                    return order.reversed();
                });
    }

    /** The order with the merchant's number, or null. */
    public @Nullable Order find(String outTradeNo) {
        var order = byNumber.get(outTradeNo);
        return order == null ? null : order.at(clock.instant());
    }

    /** The order with WeChat's number, which only paid orders have, or null. */
    public @Nullable Order findById(String id) {
        var number = numberById.get(id);
        return number == null ? null : find(number);
    }

    /** The order behind a code or prepay_id, or null; it may have been replaced or be too old. */
    public @Nullable Order findByTicket(String ticket) {
        var number = numberByTicket.get(ticket);
        return number == null ? null : find(number);
    }

    /**
     * The order a payer can pay by this code or prepay_id.
     *
     * @throws OrderRefused when there is none
     */
    public Order scan(String ticket) {
        var order = findByTicket(ticket);
        if (order == null) {
            throw new OrderRefused(OrderRefused.Reason.UNKNOWN_CODE);
        }
        if (!order.ticket().equals(ticket) || !clock.instant().isBefore(order.ticketExpiresAt())) {
            throw new OrderRefused(OrderRefused.Reason.CODE_EXPIRED);
        }
        return order;
    }

    public Order pay(String outTradeNo, PaidBy by) {
        var now = clock.instant();
        var paid =
                change(
                        outTradeNo,
                        order ->
                                order.paid(
                                        new Payment(
                                                newId(now),
                                                now,
                                                payerOf(order, by),
                                                rates.fen(
                                                        order.terms().total(),
                                                        order.terms().currency()),
                                                rates.scaled(order.terms().currency()))));
        if (paid.payment() != null) {
            numberById.put(paid.payment().id(), outTradeNo);
        }
        return paid;
    }

    /**
     * @param forGood whether the order ends as PAYERROR, or may be tried again
     */
    public Order decline(String outTradeNo, String why, boolean forGood) {
        return change(
                outTradeNo, order -> forGood ? order.failed(why) : order.notPaidThisTime(why));
    }

    /** Who called WeChat up from inside WeChat has to pay; a code can be scanned by anybody. */
    private static PaidBy payerOf(Order order, PaidBy by) {
        var bound = order.terms().payerOpenid();
        return bound == null ? by : new PaidBy(bound, by.bankType());
    }

    Order refunded(String outTradeNo) {
        return change(outTradeNo, Order::refunded);
    }

    /** Closes on the merchant's request. */
    public Order close(String outTradeNo) {
        var earliest = clock.instant().minus(properties.closeNotBefore());
        return change(
                outTradeNo,
                order -> {
                    if (order.state() == TradeState.NOTPAY && order.createdAt().isAfter(earliest)) {
                        throw new OrderRefused(OrderRefused.Reason.TOO_YOUNG_TO_CLOSE);
                    }
                    return order.closed();
                });
    }

    /** Closes as if the order's time had come. */
    public Order expire(String outTradeNo) {
        return change(outTradeNo, Order::closed);
    }

    /**
     * Every paid order whose money has not gone back by a reverse, for telling again after a
     * restart.
     */
    public List<Order> paid() {
        var paid = new ArrayList<Order>();
        for (var order : byNumber.values()) {
            if (order.payment() != null && order.state() != TradeState.REVOKED) {
                paid.add(order);
            }
        }
        return paid;
    }

    @Override
    public void reset() {
        byNumber.clear();
        numberByTicket.clear();
        numberById.clear();
        oldestFirst.clear();
        journal.clear();
    }

    private Order change(String outTradeNo, UnaryOperator<Order> verb) {
        var now = clock.instant();
        var changed =
                byNumber.computeIfPresent(
                        outTradeNo, (_, order) -> keepIfChanged(order, verb.apply(order.at(now))));
        if (changed == null) {
            throw new OrderRefused(OrderRefused.Reason.UNKNOWN_ORDER);
        }
        return changed;
    }

    private Order keepIfChanged(Order before, Order after) {
        return before.equals(after) ? before : keep(after);
    }

    private Order keep(Order order) {
        if (journal.keeps()) {
            journal.put(KIND, order.outTradeNo(), JSON.valueToTree(order));
        }
        return order;
    }

    private void index(Order order) {
        byNumber.put(order.outTradeNo(), order);
        numberByTicket.put(order.ticket(), order.outTradeNo());
        if (order.payment() != null) {
            numberById.put(order.payment().id(), order.outTradeNo());
        }
        oldestFirst.add(order.outTradeNo());
    }

    private void forgetOldest() {
        while (byNumber.size() > properties.maxOrders()) {
            var number = oldestFirst.poll();
            if (number == null) {
                return;
            }
            var forgotten = byNumber.remove(number);
            if (forgotten != null) {
                numberByTicket.remove(forgotten.ticket());
                if (forgotten.payment() != null) {
                    numberById.remove(forgotten.payment().id());
                }
            }
        }
    }

    private String ticket(TradeType type, Instant now) {
        return switch (type) {
            case NATIVE -> CODE_PREFIX + randomCode();
            case JSAPI, MWEB, MICROPAY -> "wx" + BEIJING_SECOND.format(now) + randomCode();
        };
    }

    private String randomCode() {
        var code = new StringBuilder(CODE_LENGTH);
        for (int i = 0; i < CODE_LENGTH; i++) {
            code.append(CODE_ALPHABET.charAt(random.nextInt(CODE_ALPHABET.length())));
        }
        return code.toString();
    }

    private String newId(Instant now) {
        return ID_PREFIX + BEIJING_DAY.format(now) + "%010d".formatted(nextId.incrementAndGet());
    }
}

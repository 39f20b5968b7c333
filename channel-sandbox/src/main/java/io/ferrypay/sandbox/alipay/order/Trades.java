package io.ferrypay.sandbox.alipay.order;

import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.journal.Journal;
import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Every order and refund Alipay knows. A trade changes under its own lock only. */
@Component
public class Trades implements Resettable {

    private static final String TRADE = "alipay-trade";
    private static final String REFUND = "alipay-refund";
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TOKEN_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int TOKEN_LENGTH = 26;
    private static final DateTimeFormatter BEIJING_DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd").withZone(ZoneOffset.ofHours(8));

    /** By the last two digits of the amount; ours, see the package. */
    private static final Map<Integer, String> FAILURES =
            Map.of(13, "RISK_REJECT", 17, "USER_BALANCE_NOT_ENOUGH", 29, "STAYS_PENDING");

    private final ConcurrentHashMap<String, Trade> byNumber = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, String> numberByToken = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, AlipayRefund> refunds = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> oldestFirst = new ConcurrentLinkedQueue<>();
    private final SecureRandom random = new SecureRandom();

    /** Starts at the time of day, so that a restarted sandbox does not give a number twice. */
    private final AtomicLong nextNumber =
            new AtomicLong(LocalTime.now(ZoneOffset.UTC).toNanoOfDay() / 10_000);

    private final AlipaySandboxProperties properties;
    private final AlipayRates rates;
    private final SandboxClock clock;
    private final Journal journal;

    Trades(
            AlipaySandboxProperties properties,
            AlipayRates rates,
            SandboxClock clock,
            Journal journal) {
        this.properties = properties;
        this.rates = rates;
        this.clock = clock;
        this.journal = journal;
        for (var json : journal.remembered(TRADE).values()) {
            index(JSON.treeToValue(json, Trade.class));
        }
        for (var json : journal.remembered(REFUND).values()) {
            var refund = JSON.treeToValue(json, AlipayRefund.class);
            refunds.put(refund.number(), refund);
        }
    }

    /** All a merchant said. */
    public record NewTrade(
            TradeKind kind,
            String outTradeNo,
            Map<String, String> terms,
            BigDecimal amount,
            String currency,
            String signType,
            String charset,
            Instant expiresAt) {}

    /**
     * Takes an order, or finds the one placed before with the same terms.
     *
     * @throws TradeRefused when the number was used for other terms, or its order has ended
     */
    public Trade place(NewTrade wanted) {
        var now = clock.instant();
        return byNumber.compute(
                wanted.outTradeNo(),
                (number, known) -> {
                    if (known != null) {
                        return known.at(now).placedAgain(wanted.terms());
                    }
                    var trade =
                            new Trade(
                                    wanted.kind(),
                                    number,
                                    newNumber(now),
                                    newToken(),
                                    Map.copyOf(wanted.terms()),
                                    wanted.amount(),
                                    wanted.currency(),
                                    wanted.signType(),
                                    wanted.charset(),
                                    now,
                                    wanted.expiresAt(),
                                    false,
                                    TradeState.WAIT_BUYER_PAY,
                                    null,
                                    null,
                                    null);
                    numberByToken.put(trade.token(), number);
                    oldestFirst.add(number);
                    return keep(trade);
                });
    }

    public @Nullable Trade find(String outTradeNo) {
        forgetOldest();
        var trade = byNumber.get(outTradeNo);
        return trade == null ? null : trade.at(clock.instant());
    }

    public @Nullable Trade findByTradeNo(String tradeNo) {
        return byNumber.values().stream()
                .filter(trade -> trade.tradeNo().equals(tradeNo))
                .findFirst()
                .map(trade -> trade.at(clock.instant()))
                .orElse(null);
    }

    /** The order of a page's or code's token, wherever that stands in an address; or null. */
    public @Nullable Trade findByToken(String addressOrToken) {
        var token = addressOrToken.substring(addressOrToken.lastIndexOf('/') + 1);
        var number = numberByToken.get(token.startsWith("bax") ? token.substring(3) : token);
        return number == null ? null : find(number);
    }

    public String codeOf(Trade trade) {
        return properties.codePrefix() + "bax" + trade.token();
    }

    /** The payer looks at it. */
    public Trade show(String outTradeNo) {
        return change(outTradeNo, Trade::shown);
    }

    /** Pays, unless the amount is one that fails. */
    public Trade pay(String outTradeNo) {
        var now = clock.instant();
        return change(
                outTradeNo,
                trade -> {
                    var failure = FAILURES.get(trade.amount().unscaledValue().intValue() % 100);
                    var rate = rates.of(trade.currency());
                    return failure == null
                            ? trade.paid(
                                    new AlipayPayment(now, rates.yuan(trade.amount(), rate), rate))
                            : trade.notPaidThisTime(failure);
                });
    }

    public Trade decline(String outTradeNo, String why) {
        return change(outTradeNo, trade -> trade.notPaidThisTime(why));
    }

    public Trade close(String outTradeNo) {
        var now = clock.instant();
        return change(outTradeNo, trade -> trade.closed(now));
    }

    /** Closes, or gives everything back; there is nothing to be done about an unknown order. */
    public void cancel(String outTradeNo) {
        var now = clock.instant();
        if (byNumber.containsKey(outTradeNo)) {
            change(
                    outTradeNo,
                    trade -> {
                        if (!trade.state().isPaid()) {
                            return trade.closed(now);
                        }
                        var rest = trade.amount().subtract(refunded(outTradeNo));
                        keep(
                                newRefund(
                                        trade,
                                        "CANCEL" + trade.tradeNo(),
                                        rest,
                                        "",
                                        now,
                                        AlipayRefund.Status.SUCCESS));
                        return trade.whollyRefunded(now);
                    });
        }
    }

    /**
     * Gives money back.
     *
     * @param status how it ends, or that it waits
     * @throws TradeRefused when it is not to be
     */
    public AlipayRefund refund(
            String outTradeNo,
            String refundNumber,
            BigDecimal amount,
            String currency,
            String notifyUrl,
            AlipayRefund.Status status) {
        var now = clock.instant();
        if (refunds.containsKey(refundNumber)) {
            throw new TradeRefused(TradeRefused.Reason.REPEATED_REFUND);
        }
        change(
                outTradeNo,
                trade -> {
                    if (trade.payment() == null) {
                        throw new TradeRefused(TradeRefused.Reason.NOT_PAID);
                    }
                    if (!trade.currency().equals(currency)) {
                        throw new TradeRefused(TradeRefused.Reason.CURRENCY_NOT_SAME);
                    }
                    var after = refunded(outTradeNo).add(amount);
                    if (after.compareTo(trade.amount()) > 0) {
                        throw new TradeRefused(TradeRefused.Reason.AMOUNT_EXCEEDED);
                    }
                    var refund = newRefund(trade, refundNumber, amount, notifyUrl, now, status);
                    if (refunds.putIfAbsent(refundNumber, refund) != null) {
                        throw new TradeRefused(TradeRefused.Reason.REPEATED_REFUND);
                    }
                    keep(refund);
                    return after.compareTo(trade.amount()) == 0 ? trade.whollyRefunded(now) : trade;
                });
        return findRefund(refundNumber);
    }

    public AlipayRefund endRefund(String number, AlipayRefund.Status how) {
        return keep(findRefund(number).ended(how));
    }

    /**
     * @throws TradeRefused when there is none
     */
    public AlipayRefund findRefund(String number) {
        var refund = refunds.get(number);
        if (refund == null) {
            throw new TradeRefused(TradeRefused.Reason.UNKNOWN_REFUND);
        }
        return refund;
    }

    public boolean knowsRefund(String number) {
        return refunds.containsKey(number);
    }

    /** Of the order's currency, so far. */
    public BigDecimal refunded(String outTradeNo) {
        return ofOrder(outTradeNo)
                .map(AlipayRefund::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public BigDecimal refundedYuan(String outTradeNo) {
        return ofOrder(outTradeNo)
                .filter(refund -> refund.status() == AlipayRefund.Status.SUCCESS)
                .map(AlipayRefund::yuan)
                .reduce(new BigDecimal("0.00"), BigDecimal::add);
    }

    private Stream<AlipayRefund> ofOrder(String outTradeNo) {
        return refunds.values().stream()
                .filter(refund -> refund.outTradeNo().equals(outTradeNo) && refund.counts());
    }

    /** What was paid in that time, oldest first. */
    public List<Trade> paidBetween(Instant from, Instant until) {
        return byNumber.values().stream()
                .filter(trade -> within(paidAt(trade), from, until))
                .sorted(Comparator.comparing(Trades::paidAt).thenComparing(Trade::outTradeNo))
                .toList();
    }

    public List<AlipayRefund> refundedBetween(Instant from, Instant until) {
        return refunds.values().stream()
                .filter(refund -> refund.status() == AlipayRefund.Status.SUCCESS)
                .filter(refund -> within(refund.at(), from, until))
                .sorted(Comparator.comparing(AlipayRefund::at).thenComparing(AlipayRefund::number))
                .toList();
    }

    private static Instant paidAt(Trade trade) {
        return trade.payment() == null ? Instant.MAX : trade.payment().at();
    }

    private static boolean within(Instant at, Instant from, Instant until) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    @Override
    public void reset() {
        byNumber.clear();
        numberByToken.clear();
        refunds.clear();
        oldestFirst.clear();
        journal.clear();
    }

    private AlipayRefund newRefund(
            Trade trade,
            String number,
            BigDecimal amount,
            String notifyUrl,
            Instant now,
            AlipayRefund.Status status) {
        // In store the rate of the payment holds for the order's whole life.
        var rate =
                trade.kind().isOnline() || trade.payment() == null
                        ? rates.of(trade.currency())
                        : trade.payment().rate();
        return new AlipayRefund(
                number,
                trade.outTradeNo(),
                amount,
                trade.currency(),
                rates.yuan(amount, rate),
                now,
                status,
                notifyUrl);
    }

    private Trade change(String outTradeNo, UnaryOperator<Trade> verb) {
        var now = clock.instant();
        var changed =
                byNumber.computeIfPresent(
                        outTradeNo,
                        (_, trade) -> {
                            var after = verb.apply(trade.at(now));
                            return trade.equals(after) ? trade : keep(after);
                        });
        if (changed == null) {
            throw new TradeRefused(TradeRefused.Reason.UNKNOWN_ORDER);
        }
        return changed;
    }

    private Trade keep(Trade trade) {
        if (journal.keeps()) {
            journal.put(TRADE, trade.outTradeNo(), JSON.valueToTree(trade));
        }
        return trade;
    }

    private AlipayRefund keep(AlipayRefund refund) {
        refunds.put(refund.number(), refund);
        if (journal.keeps()) {
            journal.put(REFUND, refund.number(), JSON.valueToTree(refund));
        }
        return refund;
    }

    private void index(Trade trade) {
        byNumber.put(trade.outTradeNo(), trade);
        numberByToken.put(trade.token(), trade.outTradeNo());
        oldestFirst.add(trade.outTradeNo());
    }

    private void forgetOldest() {
        while (byNumber.size() > properties.maxOrders()) {
            var number = oldestFirst.poll();
            if (number == null) {
                return;
            }
            var forgotten = byNumber.remove(number);
            if (forgotten != null) {
                numberByToken.remove(forgotten.token());
            }
        }
    }

    private String newToken() {
        var token = new StringBuilder(TOKEN_LENGTH);
        for (int i = 0; i < TOKEN_LENGTH; i++) {
            token.append(TOKEN_ALPHABET.charAt(random.nextInt(TOKEN_ALPHABET.length())));
        }
        return token.toString();
    }

    private String newNumber(Instant now) {
        return BEIJING_DAY.format(now)
                + "2100100447"
                + "%010d".formatted(nextNumber.incrementAndGet() % 10_000_000_000L);
    }
}

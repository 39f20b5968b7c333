package io.ferrypay.paymentchannel;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Succeeded;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ChargeRules;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes;
import io.ferrypay.paymentchannel.channel.ClosesPayments;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.channel.ProvidesRates;
import io.ferrypay.paymentchannel.channel.ProvidesSettlements;
import io.ferrypay.paymentchannel.channel.ProvidesStatements;
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments;
import io.ferrypay.paymentchannel.channel.ReversesCharges;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A payment company that does as it is told; the newest order is {@link #lastOrder()}. */
public class FakeChannel
        implements OffersPayments,
                QueriesPayments,
                ClosesPayments,
                RefundsPayments,
                ChargesPayCodes,
                ReversesCharges,
                ProvidesRates,
                ProvidesStatements,
                ProvidesSettlements {

    public static final String ACCOUNT = "fake-test";

    /** Takes no new orders, and never answers about those it has. */
    public static final String SILENT_ACCOUNT = "silent-test";

    private final Map<String, ChannelOutcome> outcomes = new ConcurrentHashMap<>();
    private final Map<String, ChannelOutcome> afterClose = new ConcurrentHashMap<>();
    private final Map<String, CloseAnswer> closeAnswers = new ConcurrentHashMap<>();
    private final List<ChannelOrder> orders = new CopyOnWriteArrayList<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private volatile OfferAnswer nextOffer = new OfferAnswer.AlreadyPaid();
    private volatile boolean offerIsScripted;
    private volatile String statementText = "";
    private volatile StatementAnswer statementAnswer = new StatementAnswer.NotReady();
    private volatile SettlementsAnswer settlements = new SettlementsAnswer.Unknown("not told");
    private final List<SettlementQuery> settlementQueries = new CopyOnWriteArrayList<>();
    private volatile RatesAnswer rates = new RatesAnswer.NotYet();

    private static final Instant REFUNDED_AT = Instant.parse("2026-11-24T01:02:03Z");

    /** Of {@link #refundRules}, until a test changes them: everything goes, at once. */
    public static final RefundRules ANYTHING_GOES =
            new RefundRules(Duration.ofDays(36_500), 50, Duration.ZERO, Duration.ZERO, true, null);

    private final List<RefundOrder> refunds = new CopyOnWriteArrayList<>();
    private final List<RefundOrder> refundQueries = new CopyOnWriteArrayList<>();
    private final Map<String, RefundAnswer> knownRefunds = new ConcurrentHashMap<>();
    private volatile RefundRules refundRules = ANYTHING_GOES;
    private volatile Function<RefundOrder, RefundAnswer> refundScript = this::refunded;
    private volatile boolean takesMerchantCurrency = true;

    /** Until a test changes them. */
    public static final ChargeRules CHARGE_RULES =
            new ChargeRules(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ZERO,
                    Duration.ofMinutes(2));

    /** Further than any test goes. */
    public static final Instant FAR = Instant.parse("2999-01-01T00:00:00Z");

    private final List<PayCodeOrder> charges = new CopyOnWriteArrayList<>();
    private final List<String> reversed = new CopyOnWriteArrayList<>();
    private volatile ChargeRules chargeRules = CHARGE_RULES;
    private volatile Instant reversibleUntil = FAR;
    private volatile Function<PayCodeOrder, ChargeAnswer> chargeScript = FakeChannel::paysAtOnce;
    private volatile Function<OrderKey, ReverseAnswer> reverseScript = this::takesBack;

    @Override
    public ChannelCode code() {
        return ChannelCode.WECHAT;
    }

    @Override
    public List<ChannelAccount> accounts() {
        return List.of(
                new ChannelAccount(SILENT_ACCOUNT, ChannelCode.WECHAT, Mode.TEST),
                new ChannelAccount(ACCOUNT, ChannelCode.WECHAT, Mode.TEST));
    }

    @Override
    public boolean takesMerchantCurrency() {
        return takesMerchantCurrency;
    }

    @Override
    public Set<Flow> flows(String accountId) {
        return EnumSet.of(Flow.QR, Flow.MOBILE);
    }

    @Override
    public OfferAnswer offer(ChannelOrder order) {
        orders.add(order);
        if (offerIsScripted) {
            return nextOffer;
        }
        return new OfferAnswer.Ready(
                new Offer.ShowQr("weixin://wxpay/bizpayurl?pr=" + order.key().orderNumber()),
                order.expiresAt());
    }

    @Override
    public ChannelReport query(OrderKey order) {
        if (order.accountId().equals(SILENT_ACCOUNT)) {
            return report(order, new ChannelOutcome.Unknown("silent"), ChannelReport.Source.QUERY);
        }
        var outcome = outcomes.getOrDefault(order.orderNumber(), new ChannelOutcome.Pending(false));
        return report(order, outcome, ChannelReport.Source.QUERY);
    }

    @Override
    public CloseAnswer close(OrderKey order) {
        closed.add(order.orderNumber());
        var answer = closeAnswers.getOrDefault(order.orderNumber(), new CloseAnswer.Closed());
        if (answer instanceof CloseAnswer.Closed) {
            outcomes.put(
                    order.orderNumber(),
                    afterClose.getOrDefault(order.orderNumber(), new ChannelOutcome.Closed()));
        }
        return answer;
    }

    @Override
    public RatesAnswer rates(String accountId, Set<String> currencies) {
        return rates;
    }

    @Override
    public StatementAnswer statement(String accountId, LocalDate day, OutputStream sink)
            throws IOException {
        sink.write(statementText.getBytes(StandardCharsets.UTF_8));
        return statementAnswer;
    }

    @Override
    public SettlementsAnswer settlements(String accountId, SettlementQuery query) {
        settlementQueries.add(query);
        return settlements;
    }

    public void settles(SettlementsAnswer answer) {
        settlements = answer;
    }

    public SettlementQuery lastSettlementQuery() {
        return settlementQueries.getLast();
    }

    public void states(String text, StatementAnswer answer) {
        statementText = text;
        statementAnswer = answer;
    }

    public void publishes(RatesAnswer answer) {
        rates = answer;
    }

    public void says(String orderNumber, ChannelOutcome outcome) {
        outcomes.put(orderNumber, outcome);
    }

    /** The payer was quicker than the close. */
    public void saysAfterClose(String orderNumber, ChannelOutcome outcome) {
        afterClose.put(orderNumber, outcome);
    }

    public void answersClose(String orderNumber, CloseAnswer answer) {
        closeAnswers.put(orderNumber, answer);
    }

    public void answersEveryOfferWith(OfferAnswer answer) {
        nextOffer = answer;
        offerIsScripted = true;
    }

    public void isItselfAgain() {
        offerIsScripted = false;
        takesMerchantCurrency = true;
        refundRules = ANYTHING_GOES;
        refundScript = this::refunded;
        chargeRules = CHARGE_RULES;
        reversibleUntil = FAR;
        chargeScript = FakeChannel::paysAtOnce;
        reverseScript = this::takesBack;
    }

    @Override
    public boolean recognizes(PayCode code) {
        return code.digits().matches("1[0-5][0-9]{16}");
    }

    @Override
    public ChargeRules chargeRules() {
        return chargeRules;
    }

    @Override
    public ChargeAnswer charge(PayCodeOrder order) {
        charges.add(order);
        return chargeScript.apply(order);
    }

    @Override
    public Instant reversibleUntil(OrderKey order) {
        return reversibleUntil;
    }

    @Override
    public ReverseAnswer reverse(OrderKey order) {
        reversed.add(order.orderNumber());
        return reverseScript.apply(order);
    }

    public static ChargeAnswer paysAtOnce(PayCodeOrder order) {
        return new ChargeAnswer.Paid(
                report(
                        order.order().key(),
                        success(order.order(), "42-" + order.order().key().orderNumber()),
                        ChannelReport.Source.CHARGE));
    }

    /** Whatever has become of the order, nobody has paid it afterwards. */
    public ReverseAnswer takesBack(OrderKey order) {
        outcomes.put(order.orderNumber(), new ChannelOutcome.Closed());
        return new ReverseAnswer.Reversed();
    }

    /** Which may also throw, as a call that is killed, and have done something before. */
    public void answersChargesWith(Function<PayCodeOrder, ChargeAnswer> script) {
        chargeScript = script;
    }

    public void answersReversesWith(Function<OrderKey, ReverseAnswer> script) {
        reverseScript = script;
    }

    public void charges(ChargeRules rules, Instant until) {
        chargeRules = rules;
        reversibleUntil = until;
    }

    /** Every time that order was charged. */
    public List<PayCodeOrder> chargesOf(String orderNumber) {
        return charges.stream()
                .filter(charge -> charge.order().key().orderNumber().equals(orderNumber))
                .toList();
    }

    public int charges() {
        return charges.size();
    }

    public int reversesOf(String orderNumber) {
        return (int) reversed.stream().filter(orderNumber::equals).count();
    }

    /** As JD Pay does, or Payease. */
    public void takesYuanOnly() {
        takesMerchantCurrency = false;
    }

    @Override
    public RefundRules refundRules(Flow flow) {
        return refundRules;
    }

    @Override
    public RefundAnswer refund(RefundOrder order) {
        refunds.add(order);
        return refundScript.apply(order);
    }

    @Override
    public RefundAnswer queryRefund(RefundOrder order) {
        if (order.payment().accountId().equals(SILENT_ACCOUNT)) {
            return new RefundAnswer.Unknown("silent");
        }
        refundQueries.add(order);
        return knownRefunds.getOrDefault(order.refundNumber(), new RefundAnswer.NotFound());
    }

    /** Does what the order says, once, as it does when nothing else was scripted. */
    public RefundAnswer refunded(RefundOrder order) {
        var success = new RefundAnswer.Succeeded("R-" + order.refundNumber(), null, REFUNDED_AT);
        knownRefunds.put(order.refundNumber(), success);
        return success;
    }

    public void allowsRefunds(RefundRules rules) {
        refundRules = rules;
    }

    /** Which may also throw, as a call that is killed, and have done something before. */
    public void answersRefundsWith(Function<RefundOrder, RefundAnswer> script) {
        refundScript = script;
    }

    /** What a query answers from now on. */
    public void saysOfRefund(String refundNumber, RefundAnswer answer) {
        knownRefunds.put(refundNumber, answer);
    }

    /** Every time it was asked to refund that order, in that order. */
    public List<RefundOrder> refundsOf(String orderNumber) {
        return refunds.stream()
                .filter(refund -> refund.payment().orderNumber().equals(orderNumber))
                .toList();
    }

    public int refundQueriesOf(String refundNumber) {
        return (int)
                refundQueries.stream()
                        .filter(refund -> refund.refundNumber().equals(refundNumber))
                        .count();
    }

    public ChannelOrder lastOrder() {
        return orders.getLast();
    }

    public List<ChannelOrder> ordersUnder(String orderNumber) {
        return orders.stream()
                .filter(order -> order.key().orderNumber().equals(orderNumber))
                .toList();
    }

    public boolean wasClosed(String orderNumber) {
        return closed.contains(orderNumber);
    }

    public static Succeeded success(ChannelOrder order, String reference) {
        var amount = order.key().amount();
        return new Succeeded(
                reference,
                new ChannelOutcome.Charged(amount.minorUnits(), amount.currency().code()),
                new Money(amount.minorUnits() * 4, Currency.of("CNY")),
                new BigDecimal("4.50337837"),
                Instant.parse("2026-11-23T06:11:40Z"));
    }

    public static ChannelReport notification(ChannelOrder order, ChannelOutcome outcome) {
        return report(order.key(), outcome, ChannelReport.Source.NOTIFICATION);
    }

    private static ChannelReport report(
            OrderKey order, ChannelOutcome outcome, ChannelReport.Source source) {
        return new ChannelReport(
                order.accountId(),
                order.orderNumber(),
                order.subMerchantId(),
                outcome,
                source,
                source == ChannelReport.Source.NOTIFICATION ? "EV-1" : null,
                "{\"trade_state\":\"SUCCESS\"}");
    }
}

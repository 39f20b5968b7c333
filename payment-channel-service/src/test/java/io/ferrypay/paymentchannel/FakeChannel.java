package io.ferrypay.paymentchannel;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Succeeded;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ClosesPayments;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.PresentsQr;
import io.ferrypay.paymentchannel.channel.QueriesPayments;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A payment company that does as it is told; the newest order is {@link #lastOrder()}. */
public class FakeChannel implements PresentsQr, QueriesPayments, ClosesPayments {

    public static final String ACCOUNT = "fake-test";

    private final Map<String, ChannelOutcome> outcomes = new ConcurrentHashMap<>();
    private final Map<String, ChannelOutcome> afterClose = new ConcurrentHashMap<>();
    private final Map<String, CloseAnswer> closeAnswers = new ConcurrentHashMap<>();
    private final List<ChannelOrder> orders = new CopyOnWriteArrayList<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private volatile QrAnswer nextQr = new QrAnswer.AlreadyPaid();
    private volatile boolean qrIsScripted;

    @Override
    public ChannelCode code() {
        return ChannelCode.WECHAT;
    }

    @Override
    public List<ChannelAccount> accounts() {
        return List.of(new ChannelAccount(ACCOUNT, ChannelCode.WECHAT, Mode.TEST));
    }

    @Override
    public QrAnswer presentQr(ChannelOrder order) {
        orders.add(order);
        if (qrIsScripted) {
            return nextQr;
        }
        return new QrAnswer.Ready(
                "weixin://wxpay/bizpayurl?pr=" + order.key().orderNumber(), order.expiresAt());
    }

    @Override
    public ChannelReport query(OrderKey order) {
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

    public void answersEveryQrWith(QrAnswer answer) {
        nextQr = answer;
        qrIsScripted = true;
    }

    public void isItselfAgain() {
        qrIsScripted = false;
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
        var minor = order.amount().minorUnits();
        return new Succeeded(
                reference,
                minor,
                order.amount().currency().code(),
                minor * 4,
                "CNY",
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

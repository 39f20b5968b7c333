package io.ferrypay.sandbox.jdpay.notification;

import io.ferrypay.sandbox.jdpay.JdpayProperties;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.fault.JdpayNotificationFaults.Flaw;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import io.ferrypay.sandbox.jdpay.order.JdpayOrders;
import io.ferrypay.sandbox.jdpay.order.JdpayTold;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import io.ferrypay.sandbox.jdpay.wire.JdpayWire;
import io.ferrypay.sandbox.jdpay.wire.MessageText;
import java.util.List;
import org.springframework.stereotype.Component;

/** Writes a notification. Every copy about one thing says the same. */
@Component
@OnlyWithJdpayKeys
class JdpayNoticeWriter {

    private static final String OTHER_MERCHANT = "22294531";
    private static final String CURRENCY = "CNY";
    private static final String OTHER_CURRENCY = "THB";
    private static final String OTHER_SHOP = "SOMEOTHERSHOP";

    private final JdpayOrders orders;
    private final JdpayWire wire;
    private final String merchant;

    JdpayNoticeWriter(JdpayOrders orders, JdpayWire wire, JdpayProperties properties) {
        this.orders = orders;
        this.wire = wire;
        this.merchant = properties.merchant();
    }

    String write(JdpaySubject subject, List<Flaw> flaws) {
        var order = orders.require(subject.tradeNum());
        long more = flaws.contains(Flaw.TAMPERED_AMOUNT) ? 1 : 0;
        var currency = flaws.contains(Flaw.WRONG_CURRENCY) ? OTHER_CURRENCY : CURRENCY;
        var signature = JdpayWire.Flaw.NONE;
        if (flaws.contains(Flaw.BAD_SIGNATURE)) {
            signature = JdpayWire.Flaw.BAD_SIGNATURE;
        } else if (flaws.contains(Flaw.UNSIGNED)) {
            signature = JdpayWire.Flaw.UNSIGNED;
        }
        return wire.notification(
                flaws.contains(Flaw.WRONG_MERCHANT) ? OTHER_MERCHANT : merchant,
                subject.refundNumber() == null
                        ? new MessageText().add("tradeNum", order.tradeNum()).add("tradeType", 0)
                        : new MessageText()
                                .add("tradeNum", subject.refundNumber())
                                .add("tradeType", 1),
                subject.refundNumber() == null
                        ? payment(order, more, currency, flaws.contains(Flaw.OTHER_SHOP))
                        : refund(order, subject.refundNumber(), more, currency),
                signature);
    }

    /** The currency stands in the parts only, as in the genuine ones. */
    private static MessageText payment(
            JdpayOrder order, long more, String currency, boolean otherShop) {
        return new MessageText()
                .add("note", otherShop ? OTHER_SHOP : order.terms().note())
                .add("amount", order.terms().amount() + more)
                .add("status", order.status().number())
                .add(JdpayTold.payList(order, currency));
    }

    private static MessageText refund(JdpayOrder order, String number, long more, String currency) {
        var refund = order.refund(number);
        if (refund == null) {
            throw new JdpayError(JdpayError.Code.SIM201);
        }
        return new MessageText()
                .add("oTradeNum", refund.oTradeNum())
                .add("amount", refund.amount() + more)
                .add("currency", currency)
                .add("tradeTime", refund.tradeTime())
                .add("note", refund.note())
                .add("status", refund.state().number());
    }
}

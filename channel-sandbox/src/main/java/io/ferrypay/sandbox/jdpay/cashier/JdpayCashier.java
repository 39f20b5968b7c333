package io.ferrypay.sandbox.jdpay.cashier;

import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.notification.JdpayNotifications;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import io.ferrypay.sandbox.jdpay.order.JdpayOrders;
import io.ferrypay.sandbox.jdpay.order.JdpayTermsReader;
import io.ferrypay.sandbox.jdpay.order.JdpayTold;
import io.ferrypay.sandbox.jdpay.wire.JdpayError;
import io.ferrypay.sandbox.jdpay.wire.JdpayWire;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the cashier does, whoever presses its buttons. */
@Component
@OnlyWithJdpayKeys
public class JdpayCashier {

    private final JdpayWire wire;
    private final JdpayOrders orders;
    private final JdpayNotifications notifications;

    JdpayCashier(JdpayWire wire, JdpayOrders orders, JdpayNotifications notifications) {
        this.wire = wire;
        this.orders = orders;
        this.notifications = notifications;
    }

    /**
     * Takes the order that a browser brought.
     *
     * @throws JdpayError when it is not the merchant's, or cannot be taken
     */
    public JdpayOrder saveOrder(Map<String, String> posted) {
        return orders.place(JdpayTermsReader.read(wire.openForm(posted), true), false);
    }

    /** The order behind a cashier page's address, or null. */
    public @Nullable JdpayOrder find(String tradeNum, String key) {
        var order = orders.find(tradeNum);
        return order == null || !order.key().equals(key) ? null : order;
    }

    public JdpayOrder pay(String tradeNum) {
        var paid = orders.pay(tradeNum);
        notifications.tell(paid);
        return paid;
    }

    public JdpayOrder decline(String tradeNum) {
        var failed = orders.decline(tradeNum);
        notifications.tell(failed);
        return failed;
    }

    /**
     * What the browser takes back to the merchant. Its status is 0 after a payment, as at JD in
     * 2018; nobody knows what else it may be.
     */
    public Map<String, String> wayBack(JdpayOrder order) {
        var plain = new LinkedHashMap<String, String>();
        plain.put("tradeNum", order.tradeNum());
        plain.put("amount", Long.toString(order.terms().amount()));
        plain.put("currency", "CNY");
        plain.put(
                "tradeTime",
                order.endedAt() == null
                        ? order.terms().tradeTime()
                        : JdpayTold.time(order.endedAt()));
        plain.put("note", order.terms().note());
        plain.put("status", order.isPaid() ? "0" : "3");
        return wire.sealForm(plain, JdpayWire.Flaw.NONE);
    }
}

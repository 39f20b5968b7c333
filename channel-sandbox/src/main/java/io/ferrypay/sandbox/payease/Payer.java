package io.ferrypay.sandbox.payease;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a person at a bank's page can do; the page and the remote control share it. */
@Component("payeasePayer")
class Payer {

    private final Orders orders;
    private final Settings settings;
    private final Notifications notifications;
    private final ReturnAddress returns;

    Payer(Orders orders, Settings settings, Notifications notifications, ReturnAddress returns) {
        this.orders = orders;
        this.settings = settings;
        this.notifications = notifications;
        this.returns = returns;
    }

    /**
     * @param holder whose account it is; null for the payer the merchant named
     */
    Order pay(String oid, @Nullable String holder) {
        var order = orders.find(oid);
        var named = order == null ? null : order.payerName();
        return told(
                holder != null && named != null && !holder.strip().equals(named)
                        ? orders.fail(oid, "户名不符")
                        : orders.pay(oid, settings));
    }

    Order decline(String oid, String why) {
        return told(orders.fail(oid, why));
    }

    /** Where the browser goes now. */
    String back(Order order) {
        return returns.of(order);
    }

    private Order told(Order order) {
        notifications.tell(order);
        return order;
    }
}

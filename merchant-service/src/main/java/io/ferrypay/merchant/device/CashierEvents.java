package io.ferrypay.merchant.device;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.money.Money;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other services hear of a cashier whose limits were ever set: always the whole of it, and
 * nothing of who it is.
 */
@Component
class CashierEvents {

    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    CashierEvents(Outbox outbox, JsonMapper json, Clock clock) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    private record Told(
            String cashierId,
            String merchantId,
            boolean livemode,
            String storeId,
            String currency,
            @Nullable String saleLimit,
            @Nullable String dailySalesLimit,
            @Nullable String refundLimit,
            @Nullable String dailyRefundsLimit,
            String status) {}

    /** {@code cashier.changed}, in the transaction that changed the cashier. */
    void changed(Cashier cashier, String currency, long revision) {
        var limits = cashier.limits();
        var told =
                new Told(
                        cashier.id(),
                        cashier.merchantId(),
                        cashier.mode().livemode(),
                        cashier.storeId(),
                        currency,
                        text(limits.sale()),
                        text(limits.dailySales()),
                        text(limits.refund()),
                        text(limits.dailyRefunds()),
                        cashier.disabledAt() == null ? "active" : "disabled");
        outbox.append(
                Event.of(
                        "cashier.changed",
                        cashier.id(),
                        revision,
                        clock.instant(),
                        json.valueToTree(told)));
    }

    private static @Nullable String text(@Nullable Money money) {
        return money == null ? null : money.toDecimalString();
    }
}

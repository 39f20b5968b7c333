package io.ferrypay.merchant.staticcode;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.merchant.store.Store;
import io.ferrypay.money.Money;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other services hear of a code: always the whole of it, with what they need of its store, so
 * that a copy never needs to ask.
 */
@Component
class StaticCodeEvents {

    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    StaticCodeEvents(Outbox outbox, JsonMapper json, Clock clock) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    private record Told(
            String staticCodeId,
            String merchantId,
            boolean livemode,
            String storeId,
            String storeName,
            String timeZone,
            String label,
            String serial,
            String link,
            String currency,
            @Nullable String amount,
            @Nullable String minAmount,
            @Nullable String maxAmount,
            @Nullable String dailyLimit,
            String status) {}

    void tell(String type, StaticCode code, Store store, long version) {
        var amounts = code.amounts();
        var told =
                new Told(
                        code.id(),
                        code.merchantId(),
                        code.mode().livemode(),
                        store.id(),
                        store.name(),
                        store.timeZone().getId(),
                        code.label(),
                        code.serial(),
                        code.link(),
                        code.currency(),
                        text(amounts.fixed()),
                        text(amounts.least()),
                        text(amounts.most()),
                        text(amounts.perDay()),
                        code.status().text());
        outbox.append(Event.of(type, code.id(), version, clock.instant(), json.valueToTree(told)));
    }

    private static @Nullable String text(@Nullable Money money) {
        return money == null ? null : money.toDecimalString();
    }
}

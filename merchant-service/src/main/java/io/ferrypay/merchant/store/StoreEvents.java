package io.ferrypay.merchant.store;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import java.time.Clock;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What other services hear of a store: always the whole of it. */
@Component
class StoreEvents {

    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    StoreEvents(Outbox outbox, JsonMapper json, Clock clock) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    private record Told(
            String storeId,
            String merchantId,
            boolean livemode,
            String name,
            String address,
            String timeZone,
            String status) {}

    void tell(String type, Store store, long version) {
        var told =
                new Told(
                        store.id(),
                        store.merchantId(),
                        store.mode().livemode(),
                        store.name(),
                        store.address(),
                        store.timeZone().getId(),
                        store.isClosed() ? "closed" : "open");
        outbox.append(Event.of(type, store.id(), version, clock.instant(), json.valueToTree(told)));
    }
}

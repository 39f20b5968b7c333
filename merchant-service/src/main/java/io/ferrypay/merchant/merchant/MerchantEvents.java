package io.ferrypay.merchant.merchant;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What other services hear of a merchant: always the whole of it, so that a copy never needs to
 * ask.
 */
@Component
class MerchantEvents {

    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    MerchantEvents(Outbox outbox, JsonMapper json, Clock clock) {
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    private record Told(
            String merchantId,
            String name,
            String displayName,
            String country,
            String currency,
            String status,
            List<String> allowedMethods,
            String latePaymentPolicy,
            Registrations registrations) {}

    void tell(String type, Merchant merchant, long version) {
        var details = merchant.details();
        var told =
                new Told(
                        merchant.id(),
                        details.name(),
                        details.displayName(),
                        details.country(),
                        details.currency(),
                        merchant.status().name().toLowerCase(Locale.ROOT),
                        details.allowedMethods(),
                        details.latePaymentPolicy().name().toLowerCase(Locale.ROOT),
                        details.registrations());
        outbox.append(
                Event.of(type, merchant.id(), version, clock.instant(), json.valueToTree(told)));
    }
}

package io.ferrypay.paymentchannel.fx;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Keeps our copy of margins level with what trade-admin-service publishes. */
@Component
class PricingFeed implements EventHandler {

    static final Set<String> TYPES = Set.of("pricing.margin_changed", "pricing.tier_assigned");

    private final Margins margins;

    PricingFeed(Margins margins) {
        this.margins = margins;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            var data = event.data();
            switch (event.type()) {
                case "pricing.margin_changed" ->
                        margins.keepList(
                                data.required("tier").asString(),
                                data.required("currency").asString(),
                                event.version(),
                                Instant.parse(data.required("effective_from").asString()),
                                data.required("rules"));
                case "pricing.tier_assigned" ->
                        margins.keepTier(
                                data.required("merchant_id").asString(),
                                event.version(),
                                data.required("tier").asString());
                default -> {
                    // What else trade-admin-service has to tell is not our business.
                }
            }
        }
    }
}

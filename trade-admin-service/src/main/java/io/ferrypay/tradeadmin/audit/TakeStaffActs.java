package io.ferrypay.tradeadmin.audit;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Takes what staff did at merchant-service into the audit, in the transaction that moves the feed's
 * cursor.
 */
@Component
class TakeStaffActs implements EventHandler {

    static final String ACTED = "staff.acted";
    static final Set<String> TYPES = Set.of(ACTED);

    private final Audit audit;

    TakeStaffActs(Audit audit) {
        this.audit = audit;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            if (event.type().equals(ACTED)) {
                take(event);
            }
        }
    }

    private void take(Event event) {
        var data = event.data();
        audit.record(
                event.id(),
                MerchantFeed.MERCHANTS,
                new Who(
                        data.required("person").asString(),
                        data.required("account").asString(),
                        data.required("session").asString(),
                        data.required("address").asString()),
                new Audit.Act(
                        data.required("action").asString(),
                        event.subject(),
                        present(data.path("before")),
                        present(data.path("after")),
                        null));
    }

    private static @org.jspecify.annotations.Nullable JsonNode present(JsonNode state) {
        return state.isObject() ? state : null;
    }
}

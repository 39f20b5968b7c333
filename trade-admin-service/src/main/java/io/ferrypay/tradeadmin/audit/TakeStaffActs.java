package io.ferrypay.tradeadmin.audit;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Takes what staff did at another service into the audit, in the transaction that moves the feed's
 * cursor.
 */
class TakeStaffActs implements EventHandler {

    static final String ACTED = "staff.acted";
    static final Set<String> TYPES = Set.of(ACTED);

    private final Audit audit;
    private final String service;

    /**
     * @param service whose feed it is
     */
    TakeStaffActs(Audit audit, String service) {
        this.audit = audit;
        this.service = service;
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
                service,
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

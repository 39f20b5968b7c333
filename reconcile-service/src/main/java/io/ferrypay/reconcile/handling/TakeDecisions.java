package io.ferrypay.reconcile.handling;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.reconcile.compare.ReconcileDay;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * What people decided about differences. After most decisions a day may be closed although the
 * difference stands; where a channel is asked about an order the day is compared again instead,
 * with our records taken anew.
 */
@Component
class TakeDecisions implements EventHandler {

    static final String DECIDED = "difference.decided";
    static final Set<String> TYPES = Set.of(DECIDED);

    private static final String ASK_CHANNEL = "ask_channel";

    /** So long the channel may be asked before the first look at what came of it. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(20);

    private final ReconcileDay reconcile;

    TakeDecisions(ReconcileDay reconcile) {
        this.reconcile = reconcile;
    }

    @Override
    public void apply(List<Event> batch) {
        for (var event : batch) {
            if (event.type().equals(DECIDED)) {
                take(event);
            }
        }
    }

    private void take(Event event) {
        long difference = event.data().required("difference").asLong();
        var action = event.data().required("action").asString();
        if (action.equals(ASK_CHANNEL)) {
            reconcile.lookAgain(difference, event.time().plus(FIRST_LOOK));
        } else {
            reconcile.resolve(difference, action, event.time());
        }
    }
}

package io.ferrypay.notify.webhook;

import io.ferrypay.notify.webhook.Deliveries.Due;
import io.ferrypay.notify.webhook.Deliveries.Turn;
import io.ferrypay.notify.webhook.Deliveries.Waiting;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses what is sent next: goes round and round the lanes in which anything is due, a page of
 * them at a time, and takes from each what it has room for. A lane whose receiver is down or busy
 * is passed by, and what waits in it is neither read nor written. Used by one thread.
 */
final class ClaimInTurn {

    private static final int LANES_AT_A_LOOK = 256;
    private static final String BEGINNING = "";

    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Breakers breakers;
    private final int perLane;
    private final Duration lease;

    private String after = BEGINNING;

    ClaimInTurn(Deliveries deliveries, Lanes lanes, Breakers breakers, WebhookSettings settings) {
        this.deliveries = deliveries;
        this.lanes = lanes;
        this.breakers = breakers;
        this.perLane = settings.atOncePerLane();
        this.lease = settings.lease();
    }

    /**
     * What may be sent now; each has its place in its lane, and leaves it when it is done.
     *
     * @param roundIsOver whether the last of the lanes was looked at
     */
    record Claimed(List<Due> deliveries, boolean roundIsOver) {}

    /** From the next few lanes. */
    Claimed next() {
        var page = deliveries.lanesAfter(after, LANES_AT_A_LOOK, perLane);
        var turns = new ArrayList<Turn>();
        for (var waiting : page) {
            if (lanes.free() == 0) {
                return new Claimed(claim(turns), false);
            }
            after = waiting.lane().name();
            var turn = turn(waiting);
            if (turn != null) {
                turns.add(turn);
            }
        }
        var roundIsOver = page.size() < LANES_AT_A_LOOK;
        if (roundIsOver) {
            after = BEGINNING;
        }
        return new Claimed(claim(turns), roundIsOver);
    }

    /** With its places taken; null if it is not the lane's turn. */
    private @Nullable Turn turn(Waiting waiting) {
        var lane = waiting.lane();
        var places = Math.min(waiting.due(), lanes.room(lane));
        if (places == 0) {
            return null;
        }
        var breaker = breakers.of(lane.name());
        if (breaker.getState() != CircuitBreaker.State.CLOSED) {
            if (!breaker.tryAcquirePermission()) {
                return null;
            }
            places = 1;
        }
        lanes.enter(lane, places);
        return new Turn(lane, places);
    }

    private List<Due> claim(List<Turn> turns) {
        var taken = new HashMap<String, Integer>();
        try {
            var claimed = turns.isEmpty() ? List.<Due>of() : deliveries.claim(turns, lease);
            claimed.forEach(due -> taken.merge(due.lane().name(), 1, Integer::sum));
            return claimed;
        } finally {
            turns.forEach(turn -> giveBack(turn, taken));
        }
    }

    /** Another instance may have been quicker. */
    private void giveBack(Turn turn, Map<String, Integer> taken) {
        var used = taken.getOrDefault(turn.lane().name(), 0);
        if (used < turn.places()) {
            lanes.leave(turn.lane(), turn.places() - used);
        }
        if (used == 0) {
            breakers.of(turn.lane().name()).releasePermission();
        }
    }
}

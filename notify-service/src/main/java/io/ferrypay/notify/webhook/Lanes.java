package io.ferrypay.notify.webhook;

import io.ferrypay.notify.webhook.Deliveries.Lane;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many requests are under way: in all, for each merchant, to each endpoint. A merchant never
 * gets more places than it leaves free for the others, and a quarter of all is kept for merchants
 * that have none, so that a newcomer finds one while others wait for slow receivers. Thread-safe.
 */
final class Lanes {

    private final int most;
    private final int mostPerMerchant;
    private final int mostPerLane;
    private final Map<String, Integer> inLane = new HashMap<>();
    private final Map<Owner, Integer> ofMerchant = new HashMap<>();
    private int total;

    Lanes(int most, int mostPerMerchant, int mostPerLane) {
        this.most = most;
        this.mostPerMerchant = mostPerMerchant;
        this.mostPerLane = mostPerLane;
    }

    synchronized int free() {
        return most - total;
    }

    /** How many more may start in this lane now. */
    synchronized int room(Lane lane) {
        var its = ofMerchant.getOrDefault(lane.owner(), 0);
        // One after the other may start as long as its merchant has fewer than are free.
        var fair = (free() - most / 4 - its + 1) / 2;
        if (its == 0) {
            fair = Math.max(fair, Math.min(1, free()));
        }
        var own =
                Math.min(mostPerMerchant - its, mostPerLane - inLane.getOrDefault(lane.name(), 0));
        return Math.max(0, Math.min(fair, own));
    }

    synchronized void enter(Lane lane, int count) {
        total += count;
        inLane.merge(lane.name(), count, Integer::sum);
        ofMerchant.merge(lane.owner(), count, Integer::sum);
    }

    synchronized void leave(Lane lane, int count) {
        total -= count;
        inLane.computeIfPresent(lane.name(), (_, before) -> less(before, count));
        ofMerchant.computeIfPresent(lane.owner(), (_, before) -> less(before, count));
    }

    private static @Nullable Integer less(int before, int count) {
        return before == count ? null : before - count;
    }

    synchronized int total() {
        return total;
    }
}

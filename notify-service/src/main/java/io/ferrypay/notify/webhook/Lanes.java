package io.ferrypay.notify.webhook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many requests are under way, in all and to each endpoint. Thread-safe. */
final class Lanes {

    private final int most;
    private final int mostPerLane;
    private final Map<String, Integer> underWay = new HashMap<>();
    private int total;

    Lanes(int most, int mostPerLane) {
        this.most = most;
        this.mostPerLane = mostPerLane;
    }

    synchronized int free() {
        return most - total;
    }

    synchronized List<String> full() {
        return underWay.entrySet().stream()
                .filter(lane -> lane.getValue() >= mostPerLane)
                .map(Map.Entry::getKey)
                .toList();
    }

    synchronized void enter(String lane) {
        total++;
        underWay.merge(lane, 1, Integer::sum);
    }

    synchronized void leave(String lane) {
        total--;
        underWay.computeIfPresent(lane, (_, count) -> count == 1 ? null : count - 1);
    }

    synchronized int total() {
        return total;
    }
}

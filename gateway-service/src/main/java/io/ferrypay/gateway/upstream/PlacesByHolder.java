package io.ferrypay.gateway.upstream;

import java.util.concurrent.ConcurrentHashMap;

/**
 * How many places each holder has now, and may have. Who holds nothing is not remembered, so there
 * are never more entries than places.
 */
final class PlacesByHolder {

    private final String whose;
    private final int most;
    private final ConcurrentHashMap<String, Integer> taken = new ConcurrentHashMap<>();

    /**
     * @param whose what a holder is, as it is told the caller
     */
    PlacesByHolder(String whose, int most) {
        this.whose = whose;
        this.most = most;
    }

    String whose() {
        return whose;
    }

    boolean take(String holder) {
        if (taken.merge(holder, 1, Integer::sum) <= most) {
            return true;
        }
        free(holder);
        return false;
    }

    void free(String holder) {
        taken.computeIfPresent(holder, (_, places) -> places == 1 ? null : places - 1);
    }
}

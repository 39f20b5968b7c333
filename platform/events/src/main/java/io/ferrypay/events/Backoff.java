package io.ferrypay.events;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Pauses that double from {@code first} to {@code longest}, each between half of that and all of
 * it.
 */
record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    /**
     * @param failures in a row, from 1
     */
    Duration after(int failures) {
        var doublings = Math.clamp(failures - 1L, 0, MOST_DOUBLINGS);
        var full = Math.min(first.toMillis() << doublings, longest.toMillis());
        return Duration.ofMillis(full - ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}

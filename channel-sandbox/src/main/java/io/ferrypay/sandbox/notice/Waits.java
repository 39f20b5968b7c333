package io.ferrypay.sandbox.notice;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a company waits after each attempt that was not accepted, before it makes the next.
 *
 * @param table one wait for each attempt; after one attempt more than that it gives up
 */
public record Waits(List<Duration> table) {

    public Waits {
        table = List.copyOf(table);
    }

    public static Waits of(Duration... table) {
        return new Waits(List.of(table));
    }

    /**
     * How long to wait after so many attempts, or null when the company gives up.
     *
     * @param compression how many times faster than written the waiting passes
     */
    public @Nullable Duration after(int attempts, int compression) {
        return attempts < 1 || attempts > table.size()
                ? null
                : table.get(attempts - 1).dividedBy(compression);
    }
}

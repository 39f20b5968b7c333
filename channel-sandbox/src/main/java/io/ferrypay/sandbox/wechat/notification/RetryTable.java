package io.ferrypay.sandbox.wechat.notification;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long WeChat waits after each attempt that was not accepted: 15 times, 24 h 4 min in all. */
final class RetryTable {

    static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(20),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(60),
                    Duration.ofHours(3),
                    Duration.ofHours(3),
                    Duration.ofHours(3),
                    Duration.ofHours(6),
                    Duration.ofHours(6));

    private RetryTable() {}

    /**
     * How long to wait after so many attempts, or null when WeChat gives up.
     *
     * @param compression how many times faster than written the waiting passes
     */
    static @Nullable Duration waitAfter(int attempts, int compression) {
        return attempts < 1 || attempts > WAITS.size()
                ? null
                : WAITS.get(attempts - 1).dividedBy(compression);
    }
}

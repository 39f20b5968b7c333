package io.ferrypay.sandbox.jdpay.notification;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long JD waits after each attempt that was not accepted. Its real plan is not public: this one
 * is ours, nine times over about a day.
 */
final class JdpayRetryTable {

    static final List<Duration> WAITS =
            List.of(
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(3),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(30),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(15));

    private JdpayRetryTable() {}

    /**
     * How long to wait after so many attempts, or null when JD gives up.
     *
     * @param compression how many times faster than written the waiting passes
     */
    static @Nullable Duration waitAfter(int attempts, int compression) {
        return attempts < 1 || attempts > WAITS.size()
                ? null
                : WAITS.get(attempts - 1).dividedBy(compression);
    }
}

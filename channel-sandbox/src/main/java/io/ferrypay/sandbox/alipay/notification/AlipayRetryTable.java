package io.ferrypay.sandbox.alipay.notification;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long Alipay waits after each delivery that was not accepted: 8 of them in about 25 hours. */
final class AlipayRetryTable {

    static final List<Duration> WAITS =
            List.of(
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(15));

    private AlipayRetryTable() {}

    /**
     * How long to wait after so many attempts, or null when Alipay gives up.
     *
     * @param compression how many times faster than written the waiting passes
     */
    static @Nullable Duration waitAfter(int attempts, int compression) {
        return attempts < 1 || attempts > WAITS.size()
                ? null
                : WAITS.get(attempts - 1).dividedBy(compression);
    }
}

package io.ferrypay.sandbox.jdpay.notification;

import io.ferrypay.sandbox.notice.Waits;
import java.time.Duration;

/**
 * How long JD waits after each attempt that was not accepted. Its real plan is not public: this one
 * is ours, nine times over about a day.
 */
final class JdpayRetryTable {

    static final Waits WAITS =
            Waits.of(
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
}

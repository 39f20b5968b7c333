package io.ferrypay.sandbox.alipay.notification;

import io.ferrypay.sandbox.notice.Waits;
import java.time.Duration;

/** How long Alipay waits after each delivery that was not accepted: 8 of them in about 25 hours. */
final class AlipayRetryTable {

    static final Waits WAITS =
            Waits.of(
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(10),
                    Duration.ofHours(1),
                    Duration.ofHours(2),
                    Duration.ofHours(6),
                    Duration.ofHours(15));

    private AlipayRetryTable() {}
}

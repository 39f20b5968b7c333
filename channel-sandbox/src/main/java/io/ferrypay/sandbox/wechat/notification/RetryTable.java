package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.notice.Waits;
import java.time.Duration;

/** How long WeChat waits after each attempt that was not accepted: 15 times, 24 h 4 min in all. */
final class RetryTable {

    static final Waits WAITS =
            Waits.of(
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
}

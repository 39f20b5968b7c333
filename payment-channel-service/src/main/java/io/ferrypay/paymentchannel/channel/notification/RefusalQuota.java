package io.ferrypay.paymentchannel.channel.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How many unproven notifications a minute are worth keeping; a flood of them must not fill a disk.
 */
final class RefusalQuota {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int perWindow;
    private final Clock clock;
    private Instant windowEnds = Instant.MIN;
    private int taken;

    RefusalQuota(int perWindow, Clock clock) {
        this.perWindow = perWindow;
        this.clock = clock;
    }

    synchronized boolean take() {
        var now = clock.instant();
        if (!now.isBefore(windowEnds)) {
            windowEnds = now.plus(WINDOW);
            taken = 0;
        }
        if (taken >= perWindow) {
            return false;
        }
        taken++;
        return true;
    }
}

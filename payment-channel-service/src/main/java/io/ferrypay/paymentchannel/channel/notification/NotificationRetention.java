package io.ferrypay.paymentchannel.channel.notification;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Forgets old notifications, a batch at a time. */
class NotificationRetention {

    private static final Logger log = LoggerFactory.getLogger(NotificationRetention.class);
    private static final int BATCH = 1_000;
    private static final int MAX_BATCHES = 1_000;

    private final NotificationLog notifications;
    private final NotificationConfiguration.Settings settings;
    private final Clock clock;

    NotificationRetention(
            NotificationLog notifications,
            NotificationConfiguration.Settings settings,
            Clock clock) {
        this.notifications = notifications;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT10M")
    void forget() {
        var before = clock.instant().minus(settings.retention());
        int forgotten = 0;
        for (int i = 0; i < MAX_BATCHES; i++) {
            int old = notifications.purge(before, BATCH);
            int surplus = notifications.trimRefused(settings.refusedKept(), BATCH);
            forgotten += old + surplus;
            if (old < BATCH && surplus < BATCH) {
                break;
            }
        }
        if (forgotten > 0) {
            log.info("Forgot {} channel notifications", forgotten);
        }
    }
}

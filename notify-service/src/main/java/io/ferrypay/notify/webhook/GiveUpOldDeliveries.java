package io.ferrypay.notify.webhook;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes dead letters of what nobody accepted in time, a batch at a time. */
@Component
class GiveUpOldDeliveries {

    private static final Logger log = LoggerFactory.getLogger(GiveUpOldDeliveries.class);
    private static final int BATCH = 1_000;
    private static final int MOST_BATCHES = 200;

    private final Deliveries deliveries;

    GiveUpOldDeliveries(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** Every instance may do this at once: they only find less to do. */
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void giveUp() {
        var givenUp = 0;
        for (var batch = 0; batch < MOST_BATCHES; batch++) {
            var old = deliveries.giveUp(BATCH);
            givenUp += old;
            if (old < BATCH) {
                break;
            }
        }
        if (givenUp > 0) {
            log.warn("Gave up {} webhooks that were not accepted in time", givenUp);
        }
    }
}

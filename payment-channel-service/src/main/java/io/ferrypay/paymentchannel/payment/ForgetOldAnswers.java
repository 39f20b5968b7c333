package io.ferrypay.paymentchannel.payment;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets what was answered under idempotency keys after a day, a batch at a time. */
@Component
class ForgetOldAnswers {

    private static final Logger log = LoggerFactory.getLogger(ForgetOldAnswers.class);
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int BATCH = 5_000;
    private static final int MOST_BATCHES = 200;

    private final NewPayments newPayments;
    private final Clock clock;

    ForgetOldAnswers(NewPayments newPayments, Clock clock) {
        this.newPayments = newPayments;
        this.clock = clock;
    }

    /** Every instance may do this at once: they only find less to do. */
    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT10M")
    void forget() {
        var forgotten = 0;
        for (var batch = 0; batch < MOST_BATCHES; batch++) {
            var deleted = newPayments.forgetAnswersBefore(clock.instant().minus(KEPT), BATCH);
            forgotten += deleted;
            if (deleted < BATCH) {
                break;
            }
        }
        if (forgotten > 0) {
            log.info("Forgot {} answers kept under idempotency keys", forgotten);
        }
    }
}

package io.ferrypay.paymentchannel.refund;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Calls for a person, once for each refund that needs one, however often its channel says so:
 * {@code ferry.refund.stuck} counts them, and an error names the refund.
 */
@Component
class StuckRefunds {

    private static final Logger log = LoggerFactory.getLogger(StuckRefunds.class);

    private final Counter counter;

    StuckRefunds(MeterRegistry meters) {
        this.counter =
                Counter.builder("ferry.refund.stuck")
                        .description("Refunds a person has to complete on the channel's own pages")
                        .register(meters);
    }

    /** In the transaction that holds the refund's lock; whether it is news. */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean stuck(Refund refund, @Nullable String reference, Instant now) {
        if (!refund.stuck(reference, now)) {
            return false;
        }
        counter.increment();
        log.error(
                "{} cannot reach its payer: somebody has to complete {} on {} by hand",
                refund.id(),
                refund.refundNumber(),
                refund.accountId());
        return true;
    }
}

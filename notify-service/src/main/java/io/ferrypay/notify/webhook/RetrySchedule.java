package io.ferrypay.notify.webhook;

import io.ferrypay.notify.webhook.Deliveries.Sent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a delivery is tried again: by the schedule, give or take a fifth, later if the receiver asks
 * for it or says it is overloaded.
 */
final class RetrySchedule {

    private static final Duration LEAST_WHEN_OVERLOADED = Duration.ofMinutes(1);
    private static final long SPREAD_THOUSANDTHS = 200;

    private final List<Duration> waits;
    private final DoubleSupplier random;

    /**
     * @param random from 0 to 1
     */
    RetrySchedule(List<Duration> waits, DoubleSupplier random) {
        this.waits = List.copyOf(waits);
        this.random = random;
    }

    /**
     * The wait before the next try; empty when there is none left.
     *
     * @param tries how often it has been tried, this one included
     */
    Optional<Duration> next(int tries, Sent sent) {
        if (tries >= waits.size()) {
            return Optional.empty();
        }
        var wait = spread(waits.get(tries));
        if (sent.status() != null
                && (sent.status() == 429 || sent.status() == 502 || sent.status() == 504)) {
            wait = longer(wait, sent.retryAfter() == null ? LEAST_WHEN_OVERLOADED : Duration.ZERO);
        }
        return Optional.of(sent.retryAfter() == null ? wait : longer(wait, sent.retryAfter()));
    }

    private Duration spread(Duration wait) {
        var factorThousandths =
                1000
                        - SPREAD_THOUSANDTHS
                        + Math.round(2 * SPREAD_THOUSANDTHS * random.getAsDouble());
        return wait.multipliedBy(factorThousandths).dividedBy(1000);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}

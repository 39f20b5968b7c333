package io.ferrypay.paymentchannel.fx;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Rates that nobody told, for a demo; nobody is charged by them. */
@Component
@ConditionalOnProperty("ferry.demo.past-activity")
public class PastRates {

    private final RateHistory history;
    private final RateSettings settings;
    private final Clock clock;

    PastRates(RateHistory history, RateSettings settings, Clock clock) {
        this.history = history;
        this.settings = settings;
        this.clock = clock;
    }

    /** What is still fresh would be charged by, and is left out. */
    public void write(String source, String currency, BigDecimal yuanPerUnit, Instant asOf) {
        var rate = new KnownRate(source, currency, yuanPerUnit, asOf);
        var now = clock.instant();
        if (!rate.isFresh(now, settings.staleAfter())) {
            history.add(rate, now);
        }
    }
}

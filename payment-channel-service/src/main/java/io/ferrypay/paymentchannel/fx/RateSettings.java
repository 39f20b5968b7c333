package io.ferrypay.paymentchannel.fx;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which rates we go by.
 *
 * @param configured yuan per unit, by currency: what is shown when nobody else has said anything;
 *     as old as this process, so that nobody is charged by it unless {@code chargeSources} says so
 * @param margin ours on top where we convert, as a fraction
 * @param staleAfter a rate older than this is not charged by, and shown to nobody. Channels make
 *     theirs once a working day, so it spans a long weekend
 * @param chargeSources whose rates we convert by where a channel takes yuan only, the first that
 *     has a fresh one: an account id, {@code operator} or {@code configured}
 */
@ConfigurationProperties("ferry.fx")
record RateSettings(
        @DefaultValue Map<String, BigDecimal> configured,
        @DefaultValue("0.012") BigDecimal margin,
        @DefaultValue("100h") Duration staleAfter,
        @DefaultValue("operator") List<String> chargeSources) {

    RateSettings {
        configured = Map.copyOf(configured);
        chargeSources = List.copyOf(chargeSources);
        if (margin.signum() < 0 || margin.compareTo(BigDecimal.ONE) >= 0 || margin.scale() > 8) {
            throw new IllegalArgumentException(
                    "ferry.fx.margin is a fraction from 0 to 1 with at most 8 decimals");
        }
    }
}

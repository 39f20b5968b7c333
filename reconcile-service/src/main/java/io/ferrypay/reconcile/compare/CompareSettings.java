package io.ferrypay.reconcile.compare;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How exactly statements have to fit.
 *
 * @param tolerances by currency, in minor units: so much an amount may differ
 * @param rateTolerance which part of a rate it may differ by
 * @param channels what is agreed with a channel, by its name
 * @param workMemory what PostgreSQL may take for one step of a comparison, in its own words
 */
@ConfigurationProperties("ferry.reconcile.compare")
record CompareSettings(
        @DefaultValue Map<String, Long> tolerances,
        @DefaultValue("0.0001") BigDecimal rateTolerance,
        @DefaultValue Map<String, ChannelTerms> channels,
        @DefaultValue("128MB") String workMemory) {

    private static final ChannelTerms USUAL = new ChannelTerms(2, null);
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    CompareSettings {
        for (var tolerance : tolerances.entrySet()) {
            if (!CURRENCY.matcher(tolerance.getKey()).matches() || tolerance.getValue() < 0) {
                throw new IllegalArgumentException("no tolerance: " + tolerance);
            }
        }
    }

    /**
     * @param carryDays how many days a side waits for its other before it is a difference
     * @param feeRate the part of a payment that the channel keeps; fees are not looked at without
     */
    record ChannelTerms(@DefaultValue("2") int carryDays, @Nullable BigDecimal feeRate) {}

    ChannelTerms termsOf(String channel) {
        return channels.getOrDefault(channel, USUAL);
    }
}

package io.ferrypay.tradeadmin.settlement;

import java.time.ZoneId;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How money becomes available.
 *
 * @param reconciliationGate whether a channel's day must agree with its statement before. It is
 *     enforced by choice: where it is, a statement that is late, or a difference that nobody looks
 *     at, keeps the money of every merchant with payments on that day, so whoever enforces it needs
 *     statements of all channels and people who clear differences every day
 * @param follow whether this instance may follow reconciliation's feed; it is followed whether the
 *     gate is enforced or not, so that it can be at any time
 * @param reconciliationFeed who tells which days are reconciled
 * @param zone whose day it is when banks open
 */
@ConfigurationProperties("ferry.settlement")
public record SettlementSettings(
        @DefaultValue("not-enforced") Gate reconciliationGate,
        boolean follow,
        String reconciliationFeed,
        @DefaultValue("Pacific/Auckland") ZoneId zone) {

    /** Whether days must be reconciled first. */
    public enum Gate {
        NOT_ENFORCED,
        ENFORCED;

        /** As the API says it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

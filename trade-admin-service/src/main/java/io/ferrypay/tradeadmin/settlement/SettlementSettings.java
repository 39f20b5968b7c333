package io.ferrypay.tradeadmin.settlement;

import java.time.ZoneId;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How money becomes available.
 *
 * @param reconciliationGate whether a channel's day must agree with its statement before
 * @param zone whose day it is when banks open
 */
@ConfigurationProperties("ferry.settlement")
public record SettlementSettings(
        @DefaultValue("not-enforced") Gate reconciliationGate,
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

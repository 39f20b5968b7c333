package io.ferrypay.gateway.access;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Limits per address of the caller, where no key says whom to count; application.yml has them.
 *
 * @param open pages and what they call; many shoppers share one address (campus, mobile carrier)
 * @param notifications acquirers, who tell everything from a few addresses
 * @param unknownKeys keys that have to be asked about, right or wrong
 */
@ConfigurationProperties("ferry.gateway.limits")
record LimitProperties(Limit open, Limit notifications, Limit unknownKeys) {

    /**
     * @param burst how many may come at once
     */
    record Limit(int perSecond, int burst) {

        Limit {
            if (perSecond < 1 || burst < 1) {
                throw new IllegalArgumentException("A limit lets at least one request through");
            }
        }
    }
}

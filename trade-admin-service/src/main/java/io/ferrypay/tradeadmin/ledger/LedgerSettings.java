package io.ferrypay.tradeadmin.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How the books are fed and checked.
 *
 * @param follow whether this instance may follow the payments feed
 * @param paymentFeed whose events are booked
 * @param checkAfterStart when the books are checked for the first time
 * @param checkEvery how long after a check the next one begins
 */
@ConfigurationProperties("ferry.ledger")
record LedgerSettings(
        boolean follow, String paymentFeed, Duration checkAfterStart, Duration checkEvery) {}

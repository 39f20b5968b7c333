package io.ferrypay.notify.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param allowedPrivateTargets CIDR ranges of private addresses that may be told all the same; for
 *     development only, empty by default
 * @param callTimeout from connecting to the last byte of the answer
 * @param atOnce most requests under way in this instance
 * @param atOncePerMerchant most requests under way for one merchant's test or live mode, however
 *     many endpoints it has
 * @param atOncePerLane most requests under way to one endpoint, so that one that hangs holds up no
 *     other
 * @param lease how long a claimed delivery belongs to this instance; longer than a call can take
 * @param schedule the wait before each try, in order (Standard Webhooks' suggestion); after the
 *     last the delivery is dead
 * @param giveUpAfter a delivery that was not accepted by then is dead, even if it never got its
 *     turn; leaves time for the whole schedule
 * @param retention how long an event, its deliveries and their log are kept; much longer than any
 *     feed looks back, or an event that is repeated would be told again
 * @param disableAfter an endpoint that has only failed for so long is disabled
 * @param secretOverlap how long the old secret of an endpoint signs beside the new one
 * @param breakerPause how long a receiver that only fails is left alone, before each probe
 */
@ConfigurationProperties("ferry.webhooks")
public record WebhookSettings(
        @DefaultValue List<String> allowedPrivateTargets,
        @DefaultValue("15s") Duration callTimeout,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("192") int atOnce,
        @DefaultValue("48") int atOncePerMerchant,
        @DefaultValue("24") int atOncePerLane,
        @DefaultValue("60s") Duration lease,
        @DefaultValue({"0s", "5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"})
                List<Duration> schedule,
        @DefaultValue("4d") Duration giveUpAfter,
        @DefaultValue("90d") Duration retention,
        @DefaultValue("3d") Duration disableAfter,
        @DefaultValue("24h") Duration secretOverlap,
        @DefaultValue("30s") Duration breakerPause) {}

package io.ferrypay.events;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a service says about its events.
 *
 * @param publish whether this service has an outbox and answers {@code GET /internal/events}
 * @param retention how long published events are kept; a follower must never fall that far behind
 */
@ConfigurationProperties("ferry.events")
record EventsProperties(
        @DefaultValue("false") boolean publish, @DefaultValue("14d") Duration retention) {}

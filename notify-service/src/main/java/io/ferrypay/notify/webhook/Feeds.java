package io.ferrypay.notify.webhook;

import io.ferrypay.events.EventFollower;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.events.FeedClient;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Whose events are told on. */
@Configuration(proxyBeanMethods = false)
class Feeds {

    private static final String PAYMENTS = "payment-channel-service";

    @Bean
    @ConditionalOnProperty(
            name = "ferry.webhooks.follow",
            havingValue = "true",
            matchIfMissing = true)
    EventFollower paymentFollower(
            EventFollowers followers,
            TakeEvents events,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.webhooks.payment-feed}") String url) {
        return followers.follow(
                PAYMENTS,
                FeedClient.of(services, url, new ServiceTokenInterceptor(tokens, PAYMENTS)),
                events);
    }
}

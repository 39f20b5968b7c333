package io.ferrypay.paymentchannel.fx;

import io.ferrypay.events.EventFeed;
import io.ferrypay.events.EventFollower;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.events.FeedClient;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Follows trade-admin-service, found by its name. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ferry.pricing-feed.enabled")
class PricingFeedSettings {

    private static final String PUBLISHER = "trade-admin-service";

    @Bean
    EventFollower pricingFollower(
            EventFollowers followers,
            PricingFeed feed,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.pricing-feed.url}") String url) {
        return followers.follow(
                PUBLISHER,
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        PricingFeed.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PUBLISHER))),
                feed);
    }
}

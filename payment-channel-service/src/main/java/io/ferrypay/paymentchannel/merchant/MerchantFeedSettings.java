package io.ferrypay.paymentchannel.merchant;

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

/** Follows merchant-service, found by its name. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ferry.merchant-feed.enabled")
class MerchantFeedSettings {

    private static final String PUBLISHER = "merchant-service";

    @Bean
    EventFollower merchantFollower(
            EventFollowers followers,
            MerchantFeed feed,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.merchant-feed.url}") String url) {
        return followers.follow(
                PUBLISHER,
                FeedClient.of(services, url, new ServiceTokenInterceptor(tokens, PUBLISHER)),
                feed);
    }
}

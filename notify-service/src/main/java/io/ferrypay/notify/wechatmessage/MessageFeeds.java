package io.ferrypay.notify.wechatmessage;

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

/**
 * Whose events are told on: a follower of its own, so that trouble here holds up no webhook, nor
 * the other way round.
 */
@Configuration(proxyBeanMethods = false)
class MessageFeeds {

    private static final String PAYMENTS = "payment-channel-service";
    private static final String CURSOR = "payment-channel-service for wechat messages";

    @Bean
    @ConditionalOnProperty(
            name = "ferry.wechat-messages.follow",
            havingValue = "true",
            matchIfMissing = true)
    EventFollower messageFollower(
            EventFollowers followers,
            TakeMessages events,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.webhooks.payment-feed}") String url) {
        return followers.follow(
                CURSOR,
                FeedClient.of(services, url, new ServiceTokenInterceptor(tokens, PAYMENTS)),
                events);
    }
}

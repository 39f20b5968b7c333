package io.ferrypay.paymentchannel.payment;

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

/** Follows what trade-admin-service tells of differences that were decided. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ferry.difference-feed.enabled")
class DifferenceFeed {

    private static final String PUBLISHER = "trade-admin-service";

    @Bean
    EventFollower differenceFollower(
            EventFollowers followers,
            AskForStatement orders,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.difference-feed.url}") String url) {
        return followers.follow(
                PUBLISHER + "/differences",
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        AskForStatement.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PUBLISHER))),
                orders);
    }
}

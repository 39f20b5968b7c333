package io.ferrypay.tradeadmin.difference;

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

/** Follows what reconcile-service tells of differences, with a cursor of its own. */
@Configuration(proxyBeanMethods = false)
class DifferenceFeed {

    private static final String RECONCILIATION = "reconcile-service";

    @Bean
    @ConditionalOnProperty("ferry.differences.follow")
    EventFollower differenceFollower(
            EventFollowers followers,
            DifferenceCases cases,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.differences.feed}") String url) {
        return followers.follow(
                RECONCILIATION + "/differences",
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        DifferenceCases.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, RECONCILIATION))),
                cases);
    }
}

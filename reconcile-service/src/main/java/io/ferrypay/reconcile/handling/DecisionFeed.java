package io.ferrypay.reconcile.handling;

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

/** Follows what trade-admin-service tells of decisions. */
@Configuration(proxyBeanMethods = false)
class DecisionFeed {

    private static final String PUBLISHER = "trade-admin-service";

    @Bean
    @ConditionalOnProperty("ferry.reconcile.follow")
    EventFollower decisionFollower(
            EventFollowers followers,
            TakeDecisions decisions,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.reconcile.decision-feed}") String url) {
        return followers.follow(
                PUBLISHER + "/differences",
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        TakeDecisions.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PUBLISHER))),
                decisions);
    }
}

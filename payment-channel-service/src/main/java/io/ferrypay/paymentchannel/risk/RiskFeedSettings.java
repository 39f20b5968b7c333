package io.ferrypay.paymentchannel.risk;

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

/** Follows what trade-admin-service tells of risk. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ferry.risk-feed.enabled")
class RiskFeedSettings {

    private static final String PUBLISHER = "trade-admin-service";

    @Bean
    EventFollower riskFollower(
            EventFollowers followers,
            RiskFeed feed,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.risk-feed.url}") String url) {
        // A name of its own: another capability may follow the same publisher for other events.
        return followers.follow(
                PUBLISHER + "/risk",
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        RiskFeed.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PUBLISHER))),
                feed);
    }
}

package io.ferrypay.paymentchannel.maintenance;

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

/** Follows what trade-admin-service tells of maintenance. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("ferry.maintenance-feed.enabled")
class MaintenanceFeedSettings {

    private static final String PUBLISHER = "trade-admin-service";

    @Bean
    EventFollower maintenanceFollower(
            EventFollowers followers,
            MaintenanceFeed feed,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.maintenance-feed.url}") String url) {
        // A name of its own: another capability may follow the same publisher for other events.
        return followers.follow(
                PUBLISHER + "/maintenance",
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        MaintenanceFeed.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PUBLISHER))),
                feed);
    }
}

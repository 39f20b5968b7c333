package io.ferrypay.paymentchannel.refund;

import io.ferrypay.events.EventFeed;
import io.ferrypay.events.EventFollower;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.events.FeedClient;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Follows what trade-admin-service tells of refunds and balances. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RefundSettings.class)
class RefundFeedSettings {

    private static final String PUBLISHER = "trade-admin-service";

    @Bean
    @ConditionalOnProperty("ferry.refund-feed.enabled")
    EventFollower refundFollower(
            EventFollowers followers,
            RefundFeed feed,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.refund-feed.url}") String url) {
        // A name of its own: other capabilities follow the same publisher for other events.
        return followers.follow(
                PUBLISHER + "/refunds",
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        RefundFeed.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PUBLISHER))),
                feed);
    }
}

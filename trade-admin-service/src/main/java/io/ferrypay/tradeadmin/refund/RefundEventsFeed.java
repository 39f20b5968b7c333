package io.ferrypay.tradeadmin.refund;

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

/** Follows the payments feed for refunds that wait, with a cursor of its own. */
@Configuration(proxyBeanMethods = false)
class RefundEventsFeed {

    private static final String PAYMENTS = "payment-channel-service";

    @Bean
    @ConditionalOnProperty("ferry.refunds.follow")
    EventFollower refundFollower(
            EventFollowers followers,
            TakeRefunds refunds,
            @Value("${ferry.refunds.payment-feed}") String url,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens) {
        return followers.follow(
                PAYMENTS + "/refunds",
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        TakeRefunds.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PAYMENTS))),
                refunds);
    }
}

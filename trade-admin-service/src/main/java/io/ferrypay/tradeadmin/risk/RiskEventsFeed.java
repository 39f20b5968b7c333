package io.ferrypay.tradeadmin.risk;

import io.ferrypay.events.EventFeed;
import io.ferrypay.events.EventFollower;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.events.FeedClient;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Follows the payments feed for cases, with a cursor of its own: the books wait for nobody. */
@Configuration(proxyBeanMethods = false)
class RiskEventsFeed {

    private static final String PAYMENTS = "payment-channel-service";

    @Bean
    @ConditionalOnProperty("ferry.risk.follow")
    EventFollower riskFollower(
            EventFollowers followers,
            RiskCases cases,
            RiskSettings settings,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens) {
        return followers.follow(
                PAYMENTS + "/risk",
                FeedClient.of(
                        services,
                        settings.paymentFeed(),
                        EventFeed.LONGEST_WAIT,
                        RiskCases.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PAYMENTS))),
                cases);
    }
}

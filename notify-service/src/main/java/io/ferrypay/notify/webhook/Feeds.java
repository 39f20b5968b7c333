package io.ferrypay.notify.webhook;

import io.ferrypay.events.EventFeed;
import io.ferrypay.events.EventFollower;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.events.FeedClient;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Whose events are told on. */
@Configuration(proxyBeanMethods = false)
class Feeds {

    private static final String PAYMENTS = "payment-channel-service";
    private static final String BOOKS = "trade-admin-service";

    /** What merchants hear of their money; the rest of that feed is none of their business. */
    private static final Set<String> OF_BOOKS =
            Set.of(
                    "settlement.available",
                    "withdrawal.created",
                    "withdrawal.approved",
                    "withdrawal.rejected",
                    "withdrawal.canceled",
                    "withdrawal.in_batch",
                    "withdrawal.unknown",
                    "withdrawal.paid",
                    "withdrawal.failed",
                    "withdrawal.returned",
                    "withdrawal_schedule.skipped");

    @Bean
    @ConditionalOnProperty(
            name = "ferry.webhooks.follow",
            havingValue = "true",
            matchIfMissing = true)
    EventFollower paymentFollower(
            EventFollowers followers,
            TakeEvents events,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.webhooks.payment-feed}") String url) {
        return followers.follow(
                PAYMENTS,
                FeedClient.of(services, url, new ServiceTokenInterceptor(tokens, PAYMENTS)),
                events);
    }

    @Bean
    @ConditionalOnProperty(
            name = "ferry.webhooks.follow",
            havingValue = "true",
            matchIfMissing = true)
    EventFollower booksFollower(
            EventFollowers followers,
            TakeEvents events,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.webhooks.books-feed}") String url) {
        return followers.follow(
                BOOKS,
                FeedClient.of(
                        services,
                        url,
                        EventFeed.LONGEST_WAIT,
                        OF_BOOKS,
                        List.of(new ServiceTokenInterceptor(tokens, BOOKS))),
                events);
    }
}

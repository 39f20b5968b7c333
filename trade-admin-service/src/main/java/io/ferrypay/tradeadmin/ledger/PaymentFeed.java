package io.ferrypay.tradeadmin.ledger;

import io.ferrypay.events.EventFeed;
import io.ferrypay.events.EventFollower;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.events.FeedClient;
import io.ferrypay.events.FollowerSettings;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** Whose events are booked. */
@Configuration(proxyBeanMethods = false)
class PaymentFeed {

    static final String PAYMENTS = "payment-channel-service";

    /** As big as a page may be: a batch costs little more than a journal. */
    static final FollowerSettings SETTINGS =
            new FollowerSettings(
                    EventFeed.LARGEST_PAGE,
                    FollowerSettings.DEFAULT.pollWait(),
                    FollowerSettings.DEFAULT.lease(),
                    FollowerSettings.DEFAULT.standby(),
                    FollowerSettings.DEFAULT.attempts(),
                    FollowerSettings.DEFAULT.retryPause());

    @Bean
    @ConditionalOnProperty("ferry.ledger.follow")
    EventFollower ledgerFollower(
            EventFollowers followers,
            TakePaymentEvents events,
            LedgerSettings settings,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens) {
        var feed =
                FeedClient.of(
                        services,
                        settings.paymentFeed(),
                        EventFeed.LONGEST_WAIT,
                        BookedEvent.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, PAYMENTS)));
        return followers.follow(PAYMENTS, feed, events, SETTINGS);
    }
}

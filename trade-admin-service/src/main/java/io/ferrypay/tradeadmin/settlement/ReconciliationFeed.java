package io.ferrypay.tradeadmin.settlement;

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

/** Who tells which days are reconciled. While nobody does, nothing but that is missing. */
@Configuration(proxyBeanMethods = false)
class ReconciliationFeed {

    private static final String RECONCILIATION = "reconcile-service";

    @Bean
    @ConditionalOnProperty("ferry.settlement.follow")
    EventFollower reconciliationFollower(
            EventFollowers followers,
            TakeReconciledDays days,
            SettlementSettings settings,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens) {
        return followers.follow(
                RECONCILIATION,
                FeedClient.of(
                        services,
                        settings.reconciliationFeed(),
                        EventFeed.LONGEST_WAIT,
                        TakeReconciledDays.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, RECONCILIATION))),
                days);
    }
}

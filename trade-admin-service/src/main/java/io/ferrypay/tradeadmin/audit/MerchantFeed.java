package io.ferrypay.tradeadmin.audit;

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

/** Whose staff acts are taken into the audit. */
@Configuration(proxyBeanMethods = false)
class MerchantFeed {

    static final String MERCHANTS = "merchant-service";
    private static final String RECONCILIATION = "reconcile-service";

    @Bean
    @ConditionalOnProperty("ferry.audit.follow")
    EventFollower auditFollower(
            EventFollowers followers,
            Audit audit,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.audit.merchant-feed}") String url) {
        return followers.follow(
                MERCHANTS,
                feed(services, url, tokens, MERCHANTS),
                new TakeStaffActs(audit, MERCHANTS));
    }

    @Bean
    @ConditionalOnProperty("ferry.audit.follow")
    EventFollower reconciliationAuditFollower(
            EventFollowers followers,
            Audit audit,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            @Value("${ferry.audit.reconciliation-feed}") String url) {
        return followers.follow(
                RECONCILIATION + "/staff",
                feed(services, url, tokens, RECONCILIATION),
                new TakeStaffActs(audit, RECONCILIATION));
    }

    private static EventFeed feed(
            RestClient.Builder services, String url, InternalTokens tokens, String service) {
        return FeedClient.of(
                services,
                url,
                EventFeed.LONGEST_WAIT,
                TakeStaffActs.TYPES,
                List.of(new ServiceTokenInterceptor(tokens, service)));
    }
}

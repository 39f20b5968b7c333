package io.ferrypay.tradeadmin.audit;

import io.ferrypay.events.EventFeed;
import io.ferrypay.events.EventFollower;
import io.ferrypay.events.EventFollowers;
import io.ferrypay.events.FeedClient;
import io.ferrypay.events.FollowerSettings;
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
@ConditionalOnProperty("ferry.audit.follow")
class StaffActFeeds {

    private static final String MERCHANTS = "merchant-service";
    private static final String PAYMENTS = "payment-channel-service";
    private static final String RECONCILIATION = "reconcile-service";

    private final EventFollowers followers;
    private final Audit audit;
    private final RestClient.Builder services;
    private final InternalTokens tokens;

    StaffActFeeds(
            EventFollowers followers,
            Audit audit,
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens) {
        this.followers = followers;
        this.audit = audit;
        this.services = services;
        this.tokens = tokens;
    }

    @Bean
    EventFollower auditFollower(@Value("${ferry.audit.merchant-feed}") String url) {
        return follow(MERCHANTS, MERCHANTS, url);
    }

    @Bean
    EventFollower paymentAuditFollower(@Value("${ferry.audit.payment-feed}") String url) {
        // A name of its own: the books follow the same publisher for other events.
        return follow(PAYMENTS + "/audit", PAYMENTS, url);
    }

    @Bean
    EventFollower reconciliationAuditFollower(
            @Value("${ferry.audit.reconciliation-feed}") String url) {
        return follow(RECONCILIATION + "/staff", RECONCILIATION, url);
    }

    private EventFollower follow(String name, String publisher, String url) {
        var feed =
                FeedClient.of(
                        services.clone(),
                        url,
                        EventFeed.LONGEST_WAIT,
                        TakeStaffActs.TYPES,
                        List.of(new ServiceTokenInterceptor(tokens, publisher)));
        return followers.follow(
                name, feed, new TakeStaffActs(audit, publisher), FollowerSettings.DEFAULT);
    }
}

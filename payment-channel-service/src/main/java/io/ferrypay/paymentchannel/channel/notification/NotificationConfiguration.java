package io.ferrypay.paymentchannel.channel.notification;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationConfiguration.Settings.class)
class NotificationConfiguration {

    private static final int UNPROVEN_KEPT_A_MINUTE = 120;

    /**
     * @param retention how long any notification is kept
     * @param refusedKept how many refused ones are kept at most
     */
    @ConfigurationProperties("ferry.channels.notifications")
    record Settings(
            @DefaultValue("30d") Duration retention, @DefaultValue("5000") int refusedKept) {}

    @Bean
    NotificationLog channelNotificationLog(JdbcClient jdbc) {
        return new NotificationLog(jdbc);
    }

    @Bean
    NotificationInbox notificationInbox(
            ApplyChannelReport payments,
            ApplyRefundReport refunds,
            NotificationLog notifications,
            PlatformTransactionManager transactions,
            Clock clock) {
        return new NotificationInbox(
                payments,
                refunds,
                notifications,
                new TransactionTemplate(transactions),
                new RefusalQuota(UNPROVEN_KEPT_A_MINUTE, clock));
    }

    @Bean
    NotificationRetention channelNotificationRetention(
            NotificationLog notifications, Settings settings, Clock clock) {
        return new NotificationRetention(notifications, settings, clock);
    }
}

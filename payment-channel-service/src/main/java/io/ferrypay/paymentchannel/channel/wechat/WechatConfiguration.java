package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens the configured accounts; needs no network, so WeChat's absence does not stop a start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WechatProperties.class)
class WechatConfiguration {

    /** WeChat waits five seconds for an answer. */
    private static final int NOTIFICATION_TRANSACTION_SECONDS = 4;

    private static final int UNPROVEN_NOTIFICATIONS_KEPT_A_MINUTE = 120;

    @Bean
    WechatAccounts wechatAccounts(WechatProperties properties, Clock clock) {
        return new WechatAccounts(
                properties.accounts().stream()
                        .map(account -> WechatAccount.open(properties, account, clock))
                        .toList());
    }

    @Bean
    WechatChannel wechatChannel(WechatAccounts accounts, Clock clock) {
        return new WechatChannel(accounts, clock);
    }

    @Bean
    NotificationLog wechatNotificationLog(JdbcClient jdbc) {
        return new NotificationLog(jdbc);
    }

    @Bean
    ReceiveNotification receiveWechatNotification(
            WechatAccounts accounts,
            ApplyChannelReport reports,
            NotificationLog notifications,
            PlatformTransactionManager transactions,
            Clock clock) {
        var transaction = new TransactionTemplate(transactions);
        transaction.setTimeout(NOTIFICATION_TRANSACTION_SECONDS);
        return new ReceiveNotification(
                accounts,
                reports,
                notifications,
                transaction,
                new RefusalQuota(UNPROVEN_NOTIFICATIONS_KEPT_A_MINUTE, clock),
                clock);
    }

    @Bean
    NotificationRetention wechatNotificationRetention(
            NotificationLog notifications, WechatProperties properties, Clock clock) {
        return new NotificationRetention(notifications, properties, clock);
    }
}

package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.notification.NotificationInbox;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the configured accounts; needs no network, so WeChat's absence does not stop a start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WechatProperties.class)
class WechatConfiguration {

    @Bean
    WechatAccounts wechatAccounts(WechatProperties properties, ChannelHealth health, Clock clock) {
        return new WechatAccounts(
                properties.accounts().stream()
                        .map(account -> WechatAccount.open(properties, account, health, clock))
                        .toList());
    }

    @Bean
    WechatChannel wechatChannel(WechatAccounts accounts, WechatProperties properties, Clock clock) {
        return new WechatChannel(accounts, properties.refundSpacing(), properties.charges(), clock);
    }

    @Bean
    ReceiveNotification receiveWechatNotification(
            WechatAccounts accounts, NotificationInbox inbox, Clock clock) {
        return new ReceiveNotification(accounts, inbox, clock);
    }
}

package io.ferrypay.paymentchannel.channel.alipay;

import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.notification.NotificationInbox;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the configured accounts; needs no network, so Alipay's absence does not stop a start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AlipayProperties.class)
class AlipayConfiguration {

    @Bean
    AlipayAccounts alipayAccounts(AlipayProperties properties, ChannelHealth health, Clock clock) {
        return new AlipayAccounts(
                properties.accounts().stream()
                        .map(account -> AlipayAccount.open(properties, account, health, clock))
                        .toList());
    }

    @Bean
    AlipayChannel alipayChannel(AlipayAccounts accounts, AlipayProperties properties, Clock clock) {
        return new AlipayChannel(
                accounts,
                properties.refundWindow(),
                properties.codeRefundsFrom(),
                properties.charges(),
                clock);
    }

    @Bean
    ReceiveAlipayNotification receiveAlipayNotification(
            AlipayAccounts accounts, NotificationInbox inbox, Clock clock) {
        return new ReceiveAlipayNotification(accounts, inbox, clock);
    }
}

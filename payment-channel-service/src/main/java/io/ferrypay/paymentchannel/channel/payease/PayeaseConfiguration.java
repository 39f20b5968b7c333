package io.ferrypay.paymentchannel.channel.payease;

import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.OrderBook;
import io.ferrypay.paymentchannel.channel.notification.NotificationInbox;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the configured accounts; needs no network, so Payease's absence does not stop a start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PayeaseProperties.class)
class PayeaseConfiguration {

    @Bean
    PayeaseAccounts payeaseAccounts(PayeaseProperties properties, ChannelHealth health) {
        return new PayeaseAccounts(
                properties.accounts().stream()
                        .map(account -> PayeaseAccount.open(properties, account, health))
                        .toList());
    }

    @Bean
    PayeaseChannel payeaseChannel(PayeaseAccounts accounts, OrderBook orders, Clock clock) {
        return new PayeaseChannel(
                accounts, new Refunds(clock), new VirtualStatement(orders, clock), clock);
    }

    @Bean
    ReceivePayeaseNotification receivePayeaseNotification(
            PayeaseAccounts accounts,
            OrderBook orders,
            NotificationInbox inbox,
            PayeaseProperties properties,
            Clock clock) {
        return new ReceivePayeaseNotification(
                accounts, orders, inbox, properties.confirmWithin(), clock);
    }
}

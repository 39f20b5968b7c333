package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.ChannelHealth;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the configured accounts; needs no network, so JD's absence does not stop a start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JdpayProperties.class)
class JdpayConfiguration {

    @Bean
    JdpayAccounts jdpayAccounts(JdpayProperties properties, ChannelHealth health) {
        return new JdpayAccounts(
                properties.accounts().stream()
                        .map(account -> JdpayAccount.open(properties, account, health))
                        .toList());
    }

    @Bean
    JdpayChannel jdpayChannel(JdpayAccounts accounts, Clock clock) {
        return new JdpayChannel(accounts, clock);
    }
}

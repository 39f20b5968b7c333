package io.ferrypay.sandbox.jdpay;

import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the keys, where there are any. */
@Configuration(proxyBeanMethods = false)
@OnlyWithJdpayKeys
class JdpayConfiguration {

    @Bean
    JdpayKeys jdpayKeys(JdpayProperties properties) {
        return JdpayKeys.load(Objects.requireNonNull(properties.directory()));
    }
}

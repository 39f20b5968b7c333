package io.ferrypay.sandbox.payease;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the keys. */
@Configuration(proxyBeanMethods = false)
class PayeaseConfiguration {

    @Bean
    PayeaseKeys payeaseKeys(PayeaseProperties properties) {
        return PayeaseKeys.load(properties.directory());
    }
}

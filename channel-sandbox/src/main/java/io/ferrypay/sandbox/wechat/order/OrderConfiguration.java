package io.ferrypay.sandbox.wechat.order;

import io.ferrypay.sandbox.wechat.WechatProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the configured rates over the built-in ones. */
@Configuration(proxyBeanMethods = false)
class OrderConfiguration {

    @Bean
    YuanRates yuanRates(WechatProperties properties) {
        return new YuanRates(properties.rates());
    }
}

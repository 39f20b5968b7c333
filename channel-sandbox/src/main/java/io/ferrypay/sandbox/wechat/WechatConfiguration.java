package io.ferrypay.sandbox.wechat;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reads the keys; without them the sandbox does not start. */
@Configuration(proxyBeanMethods = false)
class WechatConfiguration {

    @Bean
    WechatKeys wechatKeys(WechatProperties properties) {
        return WechatKeys.load(properties.directory());
    }
}

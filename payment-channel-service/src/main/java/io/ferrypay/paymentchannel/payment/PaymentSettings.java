package io.ferrypay.paymentchannel.payment;

import java.util.Base64;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where payers are sent, and how our orders are numbered at channels. */
@ConfigurationProperties("ferry")
record PaymentSettings(
        String publicUrl, Secrets secrets, @DefaultValue("FP") String orderNumberPrefix) {

    /**
     * @param key 32 bytes in base64
     */
    record Secrets(String key) {
        @Override
        public String toString() {
            return "Secrets[…]";
        }
    }

    PaymentSettings {
        if (!orderNumberPrefix.matches("[A-Z]{2}")) {
            throw new IllegalArgumentException(
                    "ferry.order-number-prefix must be two capital letters");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {
        @Bean
        PaymentLinks paymentLinks(PaymentSettings settings) {
            return new PaymentLinks(
                    Base64.getDecoder().decode(settings.secrets().key().strip()),
                    settings.publicUrl());
        }
    }
}

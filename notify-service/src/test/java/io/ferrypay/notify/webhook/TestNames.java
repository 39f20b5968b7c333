package io.ferrypay.notify.webhook;

import okhttp3.Dns;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Names resolve as the system does it, unless a test says otherwise. */
@TestConfiguration(proxyBeanMethods = false)
class TestNames {

    static volatile Dns now = Dns.SYSTEM;

    @Bean
    @Primary
    TargetGuard guardOfTests(WebhookSettings settings) {
        return new TargetGuard(settings, name -> now.lookup(name));
    }
}

package io.ferrypay.reconcile.load;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoadSettings.class)
class LoadConfiguration {

    @Bean
    FileStore fileStore(LoadSettings settings) {
        return new FolderStore(settings.files());
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

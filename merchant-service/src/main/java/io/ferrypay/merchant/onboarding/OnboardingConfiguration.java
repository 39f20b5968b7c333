package io.ferrypay.merchant.onboarding;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OnboardingConfiguration {

    @Bean
    ScreeningList screeningList(OnboardingProperties properties) {
        var file = properties.sanctionsFile();
        return file == null
                ? _ -> new ScreeningList.Answer.NotConfigured()
                : new SanctionsFile(file);
    }
}

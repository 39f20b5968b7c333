package io.ferrypay.merchant.document;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DocumentConfiguration {

    @Bean
    VirusScanner virusScanner(DocumentProperties properties) {
        var clamd = properties.clamd();
        return clamd == null
                ? new NoScanner()
                : new ClamdScanner(
                        clamd.host(), clamd.port(), clamd.connectTimeout(), clamd.readTimeout());
    }
}

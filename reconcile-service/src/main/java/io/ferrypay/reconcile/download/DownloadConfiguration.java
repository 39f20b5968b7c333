package io.ferrypay.reconcile.download;

import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.ServiceTokenInterceptor;
import java.net.http.HttpClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Says how payment-channel-service is reached. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DownloadSettings.class)
class DownloadConfiguration {

    private static final String TARGET = "payment-channel-service";

    @Bean
    PaymentService paymentService(
            @LoadBalanced RestClient.Builder services,
            InternalTokens tokens,
            DownloadSettings settings,
            JsonMapper json) {
        var http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.connect())
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        var requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(settings.silence());
        return new PaymentService(
                services.clone()
                        .requestFactory(requests)
                        .requestInterceptor(new ServiceTokenInterceptor(tokens, TARGET))
                        .baseUrl(settings.url())
                        .build(),
                json);
    }
}

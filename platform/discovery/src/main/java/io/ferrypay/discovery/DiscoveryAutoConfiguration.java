package io.ferrypay.discovery;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.web.client.RestClient;

/**
 * A {@code @LoadBalanced RestClient.Builder} for calls to {@code http://<service name>}. Whoever
 * wants it asks by that annotation; it must not be anyone's default, least of all the one of
 * Eureka's client, which would look up the registry's address in the registry.
 */
@AutoConfiguration
@ConditionalOnClass(RestClient.class)
class DiscoveryAutoConfiguration {

    @Bean(defaultCandidate = false)
    @LoadBalanced
    @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    RestClient.Builder serviceRestClientBuilder(ObjectProvider<ObservationRegistry> observations) {
        var builder = RestClient.builder();
        // A call belongs to the trace of the request that it is made for.
        observations.ifAvailable(builder::observationRegistry);
        return builder;
    }
}

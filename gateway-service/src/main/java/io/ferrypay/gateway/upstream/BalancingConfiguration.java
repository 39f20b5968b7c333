package io.ferrypay.gateway.upstream;

import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.EmptyResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.loadbalancer.core.ReactorServiceInstanceLoadBalancer;
import org.springframework.cloud.loadbalancer.support.LoadBalancerClientFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import reactor.core.publisher.Mono;

/** Makes {@link ServiceInstances} the way Spring Cloud LoadBalancer chooses; one per service. */
class BalancingConfiguration {

    @Bean
    ReactorServiceInstanceLoadBalancer inTurn(Environment service, ServiceInstances instances) {
        return new InTurn(
                service.getRequiredProperty(LoadBalancerClientFactory.PROPERTY_NAME), instances);
    }

    private record InTurn(String service, ServiceInstances instances)
            implements ReactorServiceInstanceLoadBalancer {

        @Override
        @SuppressWarnings("rawtypes") // The interface declares the request without its type.
        public Mono<Response<ServiceInstance>> choose(Request request) {
            var instance = instances.next(service);
            return Mono.just(
                    instance == null ? new EmptyResponse() : new DefaultResponse(instance));
        }
    }
}

package io.ferrypay.gateway.upstream;

import static org.springframework.cloud.gateway.support.RouteMetadataUtils.RESPONSE_TIMEOUT_ATTR;

import io.ferrypay.gateway.door.Door;
import io.ferrypay.gateway.edge.EdgeProperties;
import io.ferrypay.gateway.edge.Visit;
import io.netty.channel.ChannelOption;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.cloud.gateway.config.HttpClientCustomizer;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.NettyRoutingFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.loadbalancer.annotation.LoadBalancerClients;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

/** One route per door that leads to a service, and the client that walks it. */
@Configuration(proxyBeanMethods = false)
@LoadBalancerClients(defaultConfiguration = BalancingConfiguration.class)
class RoutingConfiguration {

    private static final int CONNECT_MILLIS = 1000;

    @Bean
    RouteLocator doors(EdgeProperties properties) {
        var routes =
                Arrays.stream(Door.values())
                        .filter(door -> door.service() != null)
                        .map(door -> route(door, properties.timeouts()))
                        .toList();
        return () -> Flux.fromIterable(routes);
    }

    private static Route route(Door door, EdgeProperties.Timeouts timeouts) {
        var begin =
                switch (door.patience()) {
                    case ANSWER, STREAM -> timeouts.answer();
                    // Counted from the request's first byte.
                    case UPLOAD -> timeouts.upload().plus(timeouts.answer());
                    case LONG_POLL -> timeouts.longPoll();
                };
        return Route.async()
                .id(door.name())
                .uri("lb://" + door.service())
                .predicate(exchange -> {
                    var visit = Visit.find(exchange);
                    return visit != null && visit.address().door() == door;
                })
                .metadata(RESPONSE_TIMEOUT_ATTR, begin.toMillis())
                .build();
    }

    @Bean
    HttpClientCustomizer plainClient() {
        return client ->
                // What may be sent twice is decided by UpstreamFilter, not by the client.
                client.disableRetry(true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
    }

    /** The usual routing, without the usual header filters: headers were settled on admission. */
    @Bean
    NettyRoutingFilter routing(HttpClient client, HttpClientProperties properties) {
        return new NettyRoutingFilter(client, onlyOurHeaders(), properties);
    }

    /** Switching off the usual routing switched off what writes its answers, too. */
    @Bean
    NettyWriteResponseFilter writing() {
        return new NettyWriteResponseFilter(List.of(MediaType.TEXT_EVENT_STREAM), onlyOurHeaders());
    }

    private static ObjectProvider<List<HttpHeadersFilter>> onlyOurHeaders() {
        List<HttpHeadersFilter> filters = List.of(new UpstreamHeaders());
        return new ObjectProvider<>() {
            @Override
            public List<HttpHeadersFilter> getObject() {
                return filters;
            }
        };
    }
}

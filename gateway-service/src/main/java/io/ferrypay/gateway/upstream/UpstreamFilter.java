package io.ferrypay.gateway.upstream;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.GATEWAY_LOADBALANCER_RESPONSE_ATTR;

import io.ferrypay.gateway.door.Door;
import io.ferrypay.gateway.edge.Visit;
import io.ferrypay.gateway.problem.GatewayProblem;
import io.ferrypay.gateway.problem.Refused;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;

/**
 * Between the door and its service: a breaker per door, and a second and third try where nothing
 * can happen twice, which is for reads, and for requests that never left because no connection
 * could be opened. How many may be under way is {@link PlacesFilter}'s matter.
 */
@Component
class UpstreamFilter implements GlobalFilter, Ordered {

    /** Inside the filter that writes the answer, outside those that choose an instance. */
    static final int ORDER = 9_000;

    private static final int TRIES = 3;
    private static final Map<String, String> SOON = Map.of("Retry-After", "1");

    private final Map<Door, Guard> guards = new EnumMap<>(Door.class);
    private final ServiceInstances instances;

    UpstreamFilter(Guards guards, ServiceInstances instances) {
        this.instances = instances;
        for (var door : Door.values()) {
            this.guards.put(door, guards.named(door.name()));
        }
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var door = Visit.of(exchange).address().door();
        return Objects.requireNonNull(guards.get(door))
                .protect(attempt(exchange, chain, 1), () -> isSound(exchange))
                .onErrorMap(UpstreamFilter::explained)
                .then(Mono.defer(() -> speakOnlyInProblems(exchange, door)));
    }

    private Mono<Void> attempt(ServerWebExchange exchange, GatewayFilterChain chain, int number) {
        return chain.filter(exchange)
                .onErrorResume(
                        IOException.class, failure -> again(exchange, chain, number, failure))
                .onErrorResume(
                        AbortedException.class, failure -> again(exchange, chain, number, failure));
    }

    private Mono<Void> again(
            ServerWebExchange exchange, GatewayFilterChain chain, int number, Exception failure) {
        // The second is what a host that is gone answers, where the first is a port that is.
        var neverSent =
                failure instanceof ConnectException || failure instanceof NoRouteToHostException;
        if (neverSent && chosen(exchange) instanceof ServiceInstance unreachable) {
            instances.passOver(unreachable);
        }
        if (number >= TRIES || !(neverSent || Visit.of(exchange).isRead())) {
            return Mono.error(failure);
        }
        ServerWebExchangeUtils.reset(exchange);
        return attempt(exchange, chain, number + 1);
    }

    /**
     * A service that says 500 or 503 is failing. 502 and 504 are its words for somebody behind it,
     * such as an acquirer, whose outage must not close our doors; and 4xx is the caller's matter.
     */
    private static boolean isSound(ServerWebExchange exchange) {
        var status = exchange.getResponse().getStatusCode();
        return status == null || (status.value() != 500 && status.value() != 503);
    }

    /** An error page of a container, or a stack trace, is replaced by a problem. */
    private static Mono<Void> speakOnlyInProblems(ServerWebExchange exchange, Door door) {
        var response = exchange.getResponse();
        var status = response.getStatusCode();
        if (status == null || status.value() < 400) {
            return Mono.empty();
        }
        var type = response.getHeaders().getFirst("Content-Type");
        if (type != null && type.startsWith("application/problem+json")) {
            return Mono.empty();
        }
        if (type != null && speaksForItself(door, type)) {
            return Mono.empty();
        }
        if (exchange.getAttributes().remove(CLIENT_RESPONSE_CONN_ATTR)
                instanceof Connection unread) {
            unread.dispose();
        }
        ServerWebExchangeUtils.reset(exchange);
        return Mono.error(
                new Refused(
                        GatewayProblem.inPlaceOf(status.value()),
                        "The request could not be handled."));
    }

    /** An acquirer wants its own form of refusal, and a person coming back a sentence. */
    private static boolean speaksForItself(Door door, String type) {
        return switch (door) {
            case NOTIFICATIONS ->
                    type.startsWith("application/json") || type.startsWith("text/plain");
            case RETURNS -> type.startsWith("text/plain");
            default -> false;
        };
    }

    private static Throwable explained(Throwable failure) {
        return switch (failure) {
            case Refused refused -> refused;
            case TimeoutException late -> tooLate(late);
            case ResponseStatusException e when e.getStatusCode().value() == 504 -> tooLate(e);
            default ->
                    new Refused(
                            GatewayProblem.SERVICE_UNAVAILABLE,
                            "The service can't be reached right now.",
                            SOON,
                            failure);
        };
    }

    private static Refused tooLate(Throwable cause) {
        return new Refused(
                GatewayProblem.GATEWAY_TIMEOUT,
                "The service took too long. The request may still be carried out.",
                Map.of(),
                cause);
    }

    private static @Nullable Object chosen(ServerWebExchange exchange) {
        return exchange.getAttribute(GATEWAY_LOADBALANCER_RESPONSE_ATTR)
                        instanceof Response<?> response
                ? response.getServer()
                : null;
    }
}

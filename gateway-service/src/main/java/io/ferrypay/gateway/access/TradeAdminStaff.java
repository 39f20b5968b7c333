package io.ferrypay.gateway.access;

import io.ferrypay.gateway.upstream.Guard;
import io.ferrypay.gateway.upstream.Guards;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Asks trade-admin-service about each request of staff, and remembers nothing: they are few, and
 * one whose rights are taken away has lost them with the next request. Neither question nor answer
 * is ever logged.
 */
@Component
class TradeAdminStaff implements StaffDirectory {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 20;
    private static final int WAITING = 100;

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Answer(
            String account,
            String person,
            String name,
            Set<String> permissions,
            String sessionId,
            Instant steppedUpAt) {}

    private final WebClient tradeAdmin;
    private final InternalTokens tokens;
    private final Guard guard;

    TradeAdminStaff(
            ReactorLoadBalancerExchangeFilterFunction loadBalanced,
            InternalTokens tokens,
            Guards guards) {
        this.tokens = tokens;
        this.guard = guards.named("staff", WAITING);
        var connections =
                ConnectionProvider.builder("staff")
                        .maxConnections(CONNECTIONS)
                        .pendingAcquireMaxCount(WAITING)
                        .pendingAcquireTimeout(PATIENCE)
                        .maxIdleTime(Duration.ofSeconds(15))
                        .build();
        this.tradeAdmin =
                WebClient.builder()
                        .baseUrl("http://trade-admin-service")
                        .clientConnector(
                                new ReactorClientHttpConnector(
                                        HttpClient.create(connections)
                                                .option(
                                                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                                        1000)))
                        .filter(loadBalanced)
                        .build();
    }

    @Override
    public Mono<Known> lookUp(StaffCookie cookie, String address) {
        return guard.protect(
                tradeAdmin
                        .post()
                        .uri("/internal/staff-sessions:exchange")
                        .headers(headers ->
                                headers.setBearerAuth(tokens.forService("trade-admin-service")))
                        .bodyValue(Map.of("session", cookie.secret()))
                        .exchangeToMono(response -> {
                            if (response.statusCode().value() == 200) {
                                return response.bodyToMono(Answer.class)
                                        .map(answer ->
                                                new Known(
                                                        answer.account(),
                                                        tokens.forStaff(answer, address)));
                            }
                            return response.statusCode().value() == 401
                                    ? response.releaseBody().then(Mono.<Known>empty())
                                    : response.releaseBody()
                                            .then(
                                                    Mono.<Known>error(
                                                            new MerchantServiceKeys.Unanswered(
                                                                    response.statusCode())));
                        })
                        .timeout(PATIENCE));
    }
}

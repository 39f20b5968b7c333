package io.ferrypay.gateway.access;

import io.ferrypay.gateway.edge.Network;
import io.ferrypay.gateway.problem.GatewayProblem;
import io.ferrypay.gateway.problem.Refused;
import io.ferrypay.gateway.upstream.Guard;
import io.ferrypay.gateway.upstream.Guards;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.loadbalancer.reactive.ReactorLoadBalancerExchangeFilterFunction;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Asks merchant-service about a key, a session or a signed request. Neither question nor answer is
 * ever logged.
 */
@Component
class MerchantServiceKeys implements KeyDirectory, SessionDirectory, DeviceDirectory {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int CONNECTIONS = 50;
    private static final int WAITING = 500;

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Answer(
            String merchantId,
            String mode,
            Set<String> scopes,
            String keyId,
            @Nullable List<String> ipAllowList,
            RateLimit rateLimit,
            String merchantStatus,
            @Nullable Instant validUntil) {

        @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
        record RateLimit(int writesPerSecond, int readsPerSecond) {}
    }

    private final WebClient merchantService;
    private final InternalTokens tokens;
    private final Guard guard;

    MerchantServiceKeys(
            ReactorLoadBalancerExchangeFilterFunction loadBalanced,
            InternalTokens tokens,
            Guards guards) {
        this.tokens = tokens;
        this.guard = guards.named("api-keys", WAITING);
        var connections =
                ConnectionProvider.builder("api-keys")
                        .maxConnections(CONNECTIONS)
                        .pendingAcquireMaxCount(WAITING)
                        .pendingAcquireTimeout(PATIENCE)
                        .maxIdleTime(Duration.ofSeconds(15))
                        .build();
        this.merchantService =
                WebClient.builder()
                        .baseUrl("http://merchant-service")
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
    public Mono<Authentication> lookUp(ApiKey key) {
        return guard.protect(
                merchantService
                        .post()
                        .uri("/internal/api-keys:authenticate")
                        .headers(headers -> headers.setBearerAuth(tokens.forMerchantService()))
                        .bodyValue(Map.of("key", key.secret()))
                        .exchangeToMono(response -> read(response, Answer.class, this::accepted))
                        .timeout(PATIENCE));
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record SessionAnswer(
            String merchantId,
            Set<String> scopes,
            String sessionId,
            @Nullable String userId,
            Answer.RateLimit rateLimit,
            String merchantStatus) {}

    @Override
    public Mono<Authentication> lookUp(PortalCookie cookie) {
        return guard.protect(
                merchantService
                        .post()
                        .uri("/internal/portal-sessions:exchange")
                        .headers(headers -> headers.setBearerAuth(tokens.forMerchantService()))
                        .bodyValue(Map.of("session", cookie.secret()))
                        .exchangeToMono(response ->
                                read(
                                        response,
                                        SessionAnswer.class,
                                        answer -> accepted(answer, cookie)))
                        .timeout(PATIENCE));
    }

    private Authentication accepted(SessionAnswer answer, PortalCookie cookie) {
        if (!cookie.isFor(answer.merchantId())) {
            return new Authentication.TurnedAway(
                    new Refused(
                            GatewayProblem.MERCHANT_SWITCHED,
                            "The session has been changed to another merchant."));
        }
        var mode = cookie.mode();
        return new Authentication.Accepted(
                answer.sessionId(),
                answer.merchantId(),
                tokens.forMerchant(
                        answer.merchantId(),
                        mode,
                        answer.scopes(),
                        answer.sessionId(),
                        answer.userId()),
                mode.equals("live"),
                Set.copyOf(answer.scopes()),
                List.of(),
                Math.max(1, answer.rateLimit().writesPerSecond()),
                Math.max(1, answer.rateLimit().readsPerSecond()),
                answer.merchantStatus(),
                null);
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record DeviceAnswer(
            String merchantId,
            String mode,
            String keyId,
            Set<String> scopes,
            String device,
            String store,
            String storeName,
            String timeZone,
            @Nullable String cashier,
            Answer.RateLimit rateLimit,
            String merchantStatus) {}

    /** A request as merchant-service wants to be told of it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record DeviceQuestion(
            String keyId,
            String method,
            String path,
            String query,
            String bodySha256,
            long created,
            String nonce,
            String signature,
            @Nullable String cashierProof,
            @Nullable String idempotencyKey) {

        static DeviceQuestion of(SignedRequest request) {
            return new DeviceQuestion(
                    request.keyId(),
                    request.method(),
                    request.path(),
                    request.query(),
                    request.bodySha256(),
                    request.created(),
                    request.nonce(),
                    request.signature(),
                    request.cashierProof(),
                    request.idempotencyKey());
        }
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record DeviceRefusal(@Nullable String code, @Nullable Long serverTime) {}

    @Override
    public Mono<Authentication> lookUp(SignedRequest request) {
        return guard.protect(
                merchantService
                        .post()
                        .uri("/internal/device-requests:exchange")
                        .headers(headers -> headers.setBearerAuth(tokens.forMerchantService()))
                        .bodyValue(DeviceQuestion.of(request))
                        .exchangeToMono(this::readDevice)
                        .timeout(PATIENCE));
    }

    private Mono<Authentication> readDevice(ClientResponse response) {
        if (response.statusCode().value() == 401) {
            return response.bodyToMono(DeviceRefusal.class)
                    .map(MerchantServiceKeys::deviceRejected);
        }
        return read(response, DeviceAnswer.class, this::accepted);
    }

    private static Authentication deviceRejected(DeviceRefusal refusal) {
        return new Authentication.TurnedAway(
                switch (refusal.code() == null ? "" : refusal.code()) {
                    case "clock_skewed" ->
                            new Refused(
                                    GatewayProblem.CLOCK_SKEWED,
                                    "It is off by more than five minutes; the right time is in Ferry-Time.",
                                    Map.of("Ferry-Time", String.valueOf(refusal.serverTime())));
                    case "signature_invalid" ->
                            new Refused(
                                    GatewayProblem.SIGNATURE_INVALID,
                                    "It is not this device's signature under this very request.");
                    case "device_revoked" ->
                            new Refused(
                                    GatewayProblem.DEVICE_REVOKED,
                                    "Ask the shop for another one to be paired.");
                    case "nonce_used" ->
                            new Refused(
                                    GatewayProblem.NONCE_USED,
                                    "Sign each request anew, also one that is repeated.");
                    default ->
                            new Refused(
                                    GatewayProblem.UNAUTHENTICATED, "There is no such device key.");
                });
    }

    private Authentication accepted(DeviceAnswer answer) {
        return new Authentication.Accepted(
                answer.keyId(),
                answer.merchantId(),
                tokens.forDevice(answer),
                answer.mode().equals("live"),
                Set.copyOf(answer.scopes()),
                List.of(),
                Math.max(1, answer.rateLimit().writesPerSecond()),
                Math.max(1, answer.rateLimit().readsPerSecond()),
                answer.merchantStatus(),
                null);
    }

    private static <T> Mono<Authentication> read(
            ClientResponse response, Class<T> type, Function<T, Authentication> accepted) {
        if (response.statusCode().value() == 200) {
            return response.bodyToMono(type).map(accepted);
        }
        if (response.statusCode().value() == 401) {
            return response.releaseBody().thenReturn(new Authentication.Rejected());
        }
        return response.releaseBody().then(Mono.error(new Unanswered(response.statusCode())));
    }

    private Authentication accepted(Answer answer) {
        var networks = answer.ipAllowList() == null ? List.<String>of() : answer.ipAllowList();
        return new Authentication.Accepted(
                answer.keyId(),
                answer.merchantId(),
                tokens.forMerchant(
                        answer.merchantId(), answer.mode(), answer.scopes(), answer.keyId(), null),
                answer.mode().equals("live"),
                Set.copyOf(answer.scopes()),
                networks.stream().map(Network::parse).toList(),
                Math.max(1, answer.rateLimit().writesPerSecond()),
                Math.max(1, answer.rateLimit().readsPerSecond()),
                answer.merchantStatus(),
                answer.validUntil());
    }

    /** A service answered, but neither yes nor no. */
    static final class Unanswered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unanswered(HttpStatusCode status) {
            super("A directory answered " + status.value(), null, false, false);
        }
    }
}

package io.ferrypay.gateway.edge;

import io.ferrypay.gateway.door.Address;
import io.ferrypay.gateway.door.Door;
import io.ferrypay.gateway.problem.GatewayProblem;
import io.ferrypay.gateway.problem.ProblemWriter;
import io.ferrypay.gateway.problem.Refused;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The outermost layer: numbers the request, refuses what is malformed or leads nowhere, puts the
 * standing headers on every answer and turns every failure into a problem.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class EdgeFilter implements WebFilter {

    private static final Logger log = LoggerFactory.getLogger(EdgeFilter.class);

    private static final Set<HttpMethod> METHODS =
            Set.of(
                    HttpMethod.GET,
                    HttpMethod.HEAD,
                    HttpMethod.POST,
                    HttpMethod.PUT,
                    HttpMethod.PATCH,
                    HttpMethod.DELETE);
    private static final Map<String, String> ALLOW_METHODS =
            Map.of("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
    private static final Map<String, String> ALLOW_READING = Map.of("Allow", "GET, HEAD");

    /** What a slow sender and a slow reader may add to the time a service takes. */
    private static final Duration TRANSFER = Duration.ofSeconds(20);

    /** Without an answer of its own a timeout describes, for each request, what it waited for. */
    private static final Mono<Void> TOO_LATE = Mono.error(TimeoutException::new);

    private final ApplicationContext application;
    private final Origins origins;
    private final List<RequestRecorder> recorders;
    private final EdgeProperties properties;
    private final EdgeProperties.Timeouts timeouts;
    private final AnswerHeaders answerHeaders;

    EdgeFilter(
            ApplicationContext application,
            Origins origins,
            List<RequestRecorder> recorders,
            EdgeProperties properties) {
        this.application = application;
        this.origins = origins;
        this.recorders = List.copyOf(recorders);
        this.properties = properties;
        this.timeouts = properties.timeouts();
        this.answerHeaders = new AnswerHeaders(properties.formTargets());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!application.equals(exchange.getApplicationContext())) {
            return chain.filter(exchange); // The management port: another context, no visitors.
        }
        var request = exchange.getRequest();
        var uri = request.getURI();
        var read = isRead(request.getMethod());
        var found = Address.find(uri.getRawPath(), uri.getRawQuery(), read);
        var address =
                found != null && request.getHeaders().containsHeader("Signature-Input")
                        ? found.ofSigned()
                        : found;
        var visit = new Visit(origins.of(request), address, read, request.getMethod().name());
        visit.enter(exchange);
        var response = exchange.getResponse();
        response.beforeCommit(() -> {
            answerHeaders.complete(response.getHeaders(), visit);
            return Mono.empty();
        });
        var refused = malformed(request, visit);
        var answer =
                refused != null
                        ? Mono.<Void>error(refused)
                        : chain.filter(exchange)
                                .timeout(patience(visit.address().door()), TOO_LATE);
        return answer.onErrorResume(failure -> fail(exchange, visit, failure))
                .doFinally(_ -> record(visit, response.getStatusCode()));
    }

    private void record(Visit visit, @Nullable HttpStatusCode status) {
        var elapsed = visit.elapsedNanos();
        for (var recorder : recorders) {
            recorder.answered(visit, status, elapsed);
        }
    }

    private @Nullable Refused malformed(ServerHttpRequest request, Visit visit) {
        if (visit.leadsNowhere()) {
            return new Refused(GatewayProblem.NOT_FOUND, "No such address.");
        }
        var method = request.getMethod();
        if (!METHODS.contains(method)
                || (method.equals(HttpMethod.PUT) && !visit.address().door().takesPut())) {
            return new Refused(
                    GatewayProblem.METHOD_NOT_ALLOWED,
                    "This method has no use here.",
                    ALLOW_METHODS);
        }
        if (visit.address().door().service() == null && !visit.isRead()) {
            return new Refused(
                    GatewayProblem.METHOD_NOT_ALLOWED, "Pages can only be read.", ALLOW_READING);
        }
        var headers = request.getHeaders();
        var version = headers.getFirst(AnswerHeaders.VERSION);
        if (version != null && !version.equals(AnswerHeaders.ONLY_VERSION)) {
            return new Refused(
                    GatewayProblem.UNSUPPORTED_VERSION,
                    "Known versions: " + AnswerHeaders.ONLY_VERSION + ".");
        }
        var bodyLimit = properties.bodyLimit(visit.address().door());
        return headers.getContentLength() > bodyLimit ? tooLarge(bodyLimit) : null;
    }

    static Refused tooLarge(long limit) {
        return new Refused(
                GatewayProblem.PAYLOAD_TOO_LARGE, "A body may have " + limit + " bytes at most.");
    }

    private Duration patience(Door door) {
        return switch (door.patience()) {
            case ANSWER -> timeouts.answer().plus(TRANSFER);
            case LONG_POLL -> timeouts.longPoll().plus(TRANSFER);
            case STREAM -> timeouts.stream();
            case UPLOAD -> timeouts.upload().plus(timeouts.answer());
        };
    }

    private static Mono<Void> fail(ServerWebExchange exchange, Visit visit, Throwable failure) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            // Half an answer is out; closing the connection is the only honest end left.
            return Mono.error(failure);
        }
        var refused = refusal(failure);
        if (refused.problem().status() >= 500) {
            log.warn(
                    "{} {} ended in {} ({})",
                    visit.requestId(),
                    visit.doorName(),
                    refused.problem().code(),
                    String.valueOf(refused.getCause()));
        }
        return ProblemWriter.write(response, refused, visit.requestId());
    }

    private static Refused refusal(Throwable failure) {
        return switch (failure) {
            case Refused refused -> refused;
            case TimeoutException late ->
                    new Refused(
                            GatewayProblem.GATEWAY_TIMEOUT,
                            "The answer took too long.",
                            Map.of(),
                            late);
            case ResponseStatusException framework -> {
                var problem = GatewayProblem.inPlaceOf(framework.getStatusCode().value());
                yield new Refused(
                        problem, "The request could not be handled.", Map.of(), framework);
            }
            default -> {
                log.error("The gateway failed", failure);
                yield new Refused(
                        GatewayProblem.INTERNAL_ERROR,
                        "We were told and will look into it.",
                        Map.of(),
                        failure);
            }
        };
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }
}

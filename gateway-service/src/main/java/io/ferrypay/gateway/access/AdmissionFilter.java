package io.ferrypay.gateway.access;

import io.ferrypay.gateway.door.Door;
import io.ferrypay.gateway.edge.EdgeProperties;
import io.ferrypay.gateway.edge.Visit;
import io.ferrypay.gateway.limit.Allowance;
import io.ferrypay.gateway.limit.Allowances;
import io.ferrypay.gateway.problem.GatewayProblem;
import io.ferrypay.gateway.problem.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Lets a request in or not: key or session, network, merchant, limit, scope, in this order; then
 * reads the body whole, so that a slow sender never holds a service. A till's signature speaks of
 * the body, so there the body is read first.
 */
@Component
@Order(0)
class AdmissionFilter implements WebFilter {

    private static final Map<String, String> CHALLENGE =
            Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"FerryPay\"");
    private static final byte[] NO_BODY = {};

    /** What a session may do for minutes after its person proved again who they are. */
    private static final String STEP_UP = "portal:step_up";

    /** Without an answer of its own a timeout describes, for each request, what it waited for. */
    private static final Mono<byte[]> TOO_LATE = Mono.error(TimeoutException::new);

    private final KeyRing keys;
    private final SessionRing sessions;
    private final DeviceDirectory devices;
    private final StaffDirectory staff;
    private final Allowances allowances;
    private final LimitProperties limits;
    private final int bodyLimit;
    private final Duration bodyTimeout;

    AdmissionFilter(
            KeyRing keys,
            SessionRing sessions,
            DeviceDirectory devices,
            StaffDirectory staff,
            Allowances allowances,
            LimitProperties limits,
            EdgeProperties edge) {
        this.keys = keys;
        this.sessions = sessions;
        this.devices = devices;
        this.staff = staff;
        this.allowances = allowances;
        this.limits = limits;
        this.bodyLimit = Math.toIntExact(edge.bodyLimit().toBytes());
        this.bodyTimeout = edge.bodyTimeout();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var visit = Visit.find(exchange);
        if (visit == null) {
            return chain.filter(exchange);
        }
        var door = visit.address().door();
        return switch (visit.address().entry()) {
            case ANYONE -> {
                count(visit, "ip", visit.origin().subject(), limits.open());
                yield door.service() == null
                        ? chain.filter(exchange)
                        : enter(exchange, visit, null, chain);
            }
            case ACQUIRER -> {
                count(visit, "acquirer", visit.origin().subject(), limits.notifications());
                yield enter(exchange, visit, null, chain);
            }
            case API_KEY -> withKey(exchange, visit, chain);
            case PORTAL_SESSION -> withSession(exchange, visit, chain);
            case STAFF_SESSION -> withStaff(exchange, visit, chain);
            case DEVICE -> withSignature(exchange, visit, chain);
        };
    }

    private Mono<Void> withKey(ServerWebExchange exchange, Visit visit, WebFilterChain chain) {
        var key = ApiKey.in(exchange.getRequest().getHeaders().get(HttpHeaders.AUTHORIZATION));
        if (key == null) {
            return Mono.error(
                    unauthenticated("Send your API key as: Authorization: Bearer sk_..."));
        }
        var fingerprint = key.fingerprint();
        var remembered = keys.remembered(fingerprint);
        if (remembered != null) {
            return decide(remembered, exchange, visit, chain);
        }
        var guesses =
                allowances.take(
                        "unknown-key",
                        visit.origin().subject(),
                        limits.unknownKeys().perSecond(),
                        limits.unknownKeys().burst());
        if (!guesses.granted()) {
            return Mono.error(tooOften(guesses));
        }
        return keys.ask(key, fingerprint)
                .onErrorMap(failure -> !(failure instanceof Refused), AdmissionFilter::cannotTell)
                .flatMap(answer -> decide(answer, exchange, visit, chain));
    }

    private Mono<Void> withSession(ServerWebExchange exchange, Visit visit, WebFilterChain chain) {
        var cookie = PortalCookie.in(exchange.getRequest());
        if (cookie == null) {
            return Mono.error(notSignedIn());
        }
        if (!visit.isRead() && !PortalCookie.isRepeatedByScript(exchange.getRequest())) {
            throw new Refused(
                    GatewayProblem.CSRF_TOKEN_INVALID, "The page has to be loaded again.");
        }
        var guesses =
                allowances.take(
                        "session",
                        visit.origin().subject(),
                        limits.open().perSecond(),
                        limits.open().burst());
        if (!guesses.granted()) {
            return Mono.error(tooOften(guesses));
        }
        var stepUp = visit.address().door().needsStepUp(visit.isRead());
        // One who has just stepped up must not be told what was remembered from before.
        return (stepUp ? sessions.askAgain(cookie) : sessions.ask(cookie))
                .onErrorMap(failure -> !(failure instanceof Refused), AdmissionFilter::cannotTell)
                .flatMap(answer -> {
                    if (stepUp
                            && answer instanceof Authentication.Accepted caller
                            && !caller.scopes().contains(STEP_UP)) {
                        return Mono.error(
                                new Refused(
                                        GatewayProblem.STEP_UP_REQUIRED,
                                        "Confirm your password or second factor first."));
                    }
                    return decide(answer, exchange, visit, chain);
                });
    }

    /** What the person may do is the service's matter: it is in the token. */
    private Mono<Void> withStaff(ServerWebExchange exchange, Visit visit, WebFilterChain chain) {
        var cookie = StaffCookie.in(exchange.getRequest());
        if (cookie == null) {
            return Mono.error(notSignedIn());
        }
        if (!visit.isRead() && !PortalCookie.isRepeatedByScript(exchange.getRequest())) {
            throw new Refused(
                    GatewayProblem.CSRF_TOKEN_INVALID, "The page has to be loaded again.");
        }
        count(visit, "staff", visit.origin().subject(), limits.open());
        return staff.lookUp(cookie, visit.origin().address().getHostAddress())
                .onErrorMap(failure -> !(failure instanceof Refused), AdmissionFilter::cannotTell)
                .switchIfEmpty(Mono.error(AdmissionFilter::notSignedIn))
                .flatMap(known -> {
                    visit.identified(known.account());
                    return enter(exchange, visit, known.token(), chain);
                });
    }

    private Mono<Void> withSignature(
            ServerWebExchange exchange, Visit visit, WebFilterChain chain) {
        var guesses =
                allowances.take(
                        "device",
                        visit.origin().subject(),
                        limits.open().perSecond(),
                        limits.open().burst());
        if (!guesses.granted()) {
            return Mono.error(tooOften(guesses));
        }
        return body(exchange)
                .flatMap(body -> {
                    var signed = SignedRequest.of(exchange.getRequest(), body);
                    if (signed == null) {
                        return Mono.error(
                                new Refused(
                                        GatewayProblem.UNAUTHENTICATED,
                                        "Sign the request by the device's key."));
                    }
                    if (!signed.saysItsDigest(exchange.getRequest().getHeaders())) {
                        return Mono.error(
                                new Refused(
                                        GatewayProblem.DIGEST_MISMATCH,
                                        "Send it as: Content-Digest: sha-256=:...:"));
                    }
                    return devices.lookUp(signed)
                            .onErrorMap(
                                    failure -> !(failure instanceof Refused),
                                    AdmissionFilter::cannotTell)
                            .flatMap(answer -> {
                                if (answer instanceof Authentication.Accepted caller) {
                                    admit(caller, visit);
                                    return pass(exchange, visit, caller.token(), body, chain);
                                }
                                return Mono.error(
                                        answer instanceof Authentication.TurnedAway(var why)
                                                ? why
                                                : unauthenticated("There is no such device key."));
                            });
                });
    }

    private Mono<Void> decide(
            Authentication answer, ServerWebExchange exchange, Visit visit, WebFilterChain chain) {
        return switch (answer) {
            case Authentication.Rejected _ ->
                    Mono.error(
                            visit.address().entry() == Door.Entry.PORTAL_SESSION
                                    ? notSignedIn()
                                    : unauthenticated("This API key does not exist or has ended."));
            case Authentication.TurnedAway(var why) -> Mono.error(why);
            case Authentication.Accepted caller -> {
                admit(caller, visit);
                yield enter(exchange, visit, caller.token(), chain);
            }
        };
    }

    private void admit(Authentication.Accepted caller, Visit visit) {
        visit.identified(caller.keyId(), caller.merchantId());
        if (!caller.mayComeFrom(visit.origin().address())) {
            throw new Refused(
                    GatewayProblem.IP_NOT_ALLOWED,
                    "The key has a list of allowed addresses, and yours is not on it.");
        }
        if (caller.merchantSuspended()) {
            throw new Refused(
                    GatewayProblem.MERCHANT_SUSPENDED, "Please talk to us about your account.");
        }
        if (caller.merchantNotLive()) {
            throw new Refused(
                    GatewayProblem.MERCHANT_NOT_LIVE,
                    "Until your application is approved, only test mode works.");
        }
        var reads = visit.isRead();
        var perSecond = reads ? caller.readsPerSecond() : caller.writesPerSecond();
        count(
                visit,
                reads ? "key-reads" : "key-writes",
                caller.keyId(),
                new LimitProperties.Limit(perSecond, perSecond));
        var scope = visit.address().door().scope(reads, visit.address().path());
        if (!caller.scopes().contains(scope)) {
            throw new Refused(
                    GatewayProblem.FORBIDDEN_SCOPE,
                    visit.address().entry() == Door.Entry.PORTAL_SESSION
                            ? "Your role may not do this; it needs " + scope + "."
                            : "This needs a key with the scope " + scope + ".");
        }
    }

    private void count(Visit visit, String kind, String subject, LimitProperties.Limit limit) {
        var allowance = allowances.take(kind, subject, limit.perSecond(), limit.burst());
        visit.counted(allowance);
        if (!allowance.granted()) {
            throw tooOften(allowance);
        }
    }

    private Mono<Void> enter(
            ServerWebExchange exchange, Visit visit, @Nullable String token, WebFilterChain chain) {
        return visit.address().door().patience() == Door.Patience.UPLOAD && hasBody(exchange)
                ? passThrough(exchange, visit, token, chain)
                : body(exchange).flatMap(body -> pass(exchange, visit, token, body, chain));
    }

    private static boolean hasBody(ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders();
        return headers.getContentLength() > 0
                || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private Mono<byte[]> body(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        if (!hasBody(exchange)) {
            return Mono.just(NO_BODY);
        }
        return DataBufferUtils.join(request.getBody(), bodyLimit)
                .map(AdmissionFilter::bytes)
                .defaultIfEmpty(NO_BODY)
                .timeout(bodyTimeout, TOO_LATE)
                .onErrorMap(this::bodyProblem)
                .flatMap(body ->
                        isCutShort(exchange, body)
                                ? Mono.error(
                                        new Refused(
                                                GatewayProblem.INVALID_REQUEST,
                                                "The body broke off before its end."))
                                : Mono.just(body));
    }

    /**
     * A body that broke off looks to its reader as if it had ended; half of it is nobody's wish.
     */
    private static boolean isCutShort(ServerWebExchange exchange, byte[] body) {
        HttpServerResponse wire =
                ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
        var promised = exchange.getRequest().getHeaders().getContentLength();
        return wire.hasSentHeaders() || (promised >= 0 && promised != body.length);
    }

    private static Mono<Void> pass(
            ServerWebExchange exchange,
            Visit visit,
            @Nullable String token,
            byte[] body,
            WebFilterChain chain) {
        var inside =
                new InternalRequest(
                        exchange.getRequest(),
                        visit,
                        token,
                        body,
                        exchange.getResponse().bufferFactory());
        return chain.filter(exchange.mutate().request(inside).build());
    }

    /**
     * A file is passed on while it arrives: many of them would not fit into memory. The service is
     * told the length before, so that it never takes one that broke off for a whole one.
     */
    private static Mono<Void> passThrough(
            ServerWebExchange exchange, Visit visit, @Nullable String token, WebFilterChain chain) {
        var length = exchange.getRequest().getHeaders().getContentLength();
        if (length < 0) {
            return Mono.error(
                    new Refused(
                            GatewayProblem.INVALID_REQUEST,
                            "A file is sent with its length, in Content-Length."));
        }
        var inside =
                new InternalRequest(
                        exchange.getRequest(),
                        visit,
                        token,
                        length,
                        exchange.getRequest().getBody());
        return chain.filter(exchange.mutate().request(inside).build());
    }

    private static byte[] bytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private Throwable bodyProblem(Throwable failure) {
        return switch (failure) {
            case DataBufferLimitException _ ->
                    new Refused(
                            GatewayProblem.PAYLOAD_TOO_LARGE,
                            "A body may have " + bodyLimit + " bytes at most.");
            case TimeoutException _ ->
                    new Refused(
                            GatewayProblem.REQUEST_TIMEOUT,
                            "The body did not arrive within "
                                    + bodyTimeout.toSeconds()
                                    + " seconds.");
            default -> failure;
        };
    }

    private static Refused unauthenticated(String detail) {
        return new Refused(GatewayProblem.UNAUTHENTICATED, detail, CHALLENGE);
    }

    private static Refused notSignedIn() {
        return new Refused(GatewayProblem.UNAUTHENTICATED, "Sign in first.");
    }

    private static Refused tooOften(Allowance allowance) {
        return new Refused(
                GatewayProblem.RATE_LIMITED,
                "Slow down, and try again after the time in Retry-After.",
                Map.of(HttpHeaders.RETRY_AFTER, Long.toString(allowance.retryAfterSeconds())));
    }

    private static Throwable cannotTell(Throwable failure) {
        return new Refused(
                GatewayProblem.SERVICE_UNAVAILABLE,
                "Who you are can't be checked right now.",
                Map.of(HttpHeaders.RETRY_AFTER, "1"),
                failure);
    }
}

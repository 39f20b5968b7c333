package io.ferrypay.gateway.page;

import io.ferrypay.gateway.door.Address;
import io.ferrypay.gateway.door.Door;
import io.ferrypay.gateway.edge.Visit;
import io.ferrypay.gateway.problem.GatewayProblem;
import io.ferrypay.gateway.problem.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves the web apps: one page for every {@code /pay/…}, others for every {@code /s/…} and {@code
 * /q/…}; the till's app under {@code /spotpay}, the portal for every {@code /portal/…}, the staff's
 * console for every {@code /console/…}; and their assets by name.
 */
@Component
@Order(100)
class PageFilter implements WebFilter {

    private static final String PAY_PAGE = "index.html";
    private static final String STATIC_CODE_PAGE = "static-code.html";
    private static final String DYNAMIC_CODE_PAGE = "dynamic-code.html";
    private static final String SPOTPAY = "spotpay/";
    private static final String SPOTPAY_PAGE = SPOTPAY + "index.html";

    /** What an installable app needs beside its page; always at the same address. */
    private static final Set<String> SPOTPAY_FILES =
            Set.of("manifest.webmanifest", "service-worker.js");

    private static final String PORTAL_PAGE = "portal/index.html";
    private static final String CONSOLE_PAGE = "console/index.html";
    private static final String FOREVER = "public, max-age=31536000, immutable";

    /** What the built page has in place of the nonce. */
    private static final String STYLE_NONCE = "{style-nonce}";

    private static final int NONCE_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WebRoot files;

    PageFilter(WebRoot files) {
        this.files = files;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var visit = Visit.find(exchange);
        if (visit == null || visit.address().door().service() != null) {
            return chain.filter(exchange);
        }
        var address = visit.address();
        return Mono.fromCallable(() -> Optional.ofNullable(files.find(file(address))))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(file ->
                        file.isPresent()
                                ? send(exchange, address, file.get())
                                : Mono.error(missing(address)));
    }

    private static String file(Address address) {
        return switch (address.door()) {
            case PAY_PAGE -> PAY_PAGE;
            case STATIC_CODE_PAGE -> STATIC_CODE_PAGE;
            case DYNAMIC_CODE_PAGE -> DYNAMIC_CODE_PAGE;
            case SPOTPAY_PAGE -> spotPay(address.path());
            case PORTAL_PAGE -> PORTAL_PAGE;
            case CONSOLE_PAGE -> CONSOLE_PAGE;
            default -> address.path().substring(1);
        };
    }

    private static String spotPay(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return SPOTPAY_FILES.contains(name) ? SPOTPAY + name : SPOTPAY_PAGE;
    }

    private static boolean isPage(Address address) {
        return address.door() != Door.ASSETS;
    }

    private static Mono<Void> send(ServerWebExchange exchange, Address address, WebFile file) {
        var response = exchange.getResponse();
        var headers = response.getHeaders();
        if (isPage(address)) {
            headers.setCacheControl("no-store");
        } else {
            // The build puts a hash of the content into the name.
            headers.setCacheControl(FOREVER);
            headers.setETag(file.etag());
            if (exchange.getRequest().getHeaders().getIfNoneMatch().contains(file.etag())) {
                response.setStatusCode(HttpStatus.NOT_MODIFIED);
                return response.setComplete();
            }
        }
        headers.set(HttpHeaders.CONTENT_TYPE, file.contentType());
        if (address.door() == Door.PORTAL_PAGE || address.door() == Door.CONSOLE_PAGE) {
            return write(response, withStyleNonce(exchange, file));
        }
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        var packed = file.isPacked() && acceptsGzip(exchange.getRequest().getHeaders());
        if (packed) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return write(response, packed ? file.gzipped() : file.plain());
    }

    private static Mono<Void> write(ServerHttpResponse response, ByteBuffer body) {
        response.getHeaders().setContentLength(body.remaining());
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body.duplicate())));
    }

    /** A word that nobody can guess, new for every answer, in the page and in its policy. */
    private static ByteBuffer withStyleNonce(ServerWebExchange exchange, WebFile file) {
        var random = new byte[NONCE_BYTES];
        RANDOM.nextBytes(random);
        var nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Visit.of(exchange).allowStyles(nonce);
        var page = StandardCharsets.UTF_8.decode(file.plain().duplicate()).toString();
        return StandardCharsets.UTF_8.encode(page.replace(STYLE_NONCE, nonce));
    }

    private static boolean acceptsGzip(HttpHeaders headers) {
        var accepted = headers.getFirst(HttpHeaders.ACCEPT_ENCODING);
        return accepted != null && accepted.contains("gzip") && !accepted.contains("gzip;q=0");
    }

    private static Refused missing(Address address) {
        return isPage(address)
                ? new Refused(
                        GatewayProblem.SERVICE_UNAVAILABLE, "This page is not installed here.")
                : new Refused(GatewayProblem.NOT_FOUND, "No such file.");
    }
}

package io.ferrypay.gateway.access;

import io.ferrypay.gateway.door.Door;
import io.ferrypay.gateway.edge.Visit;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/**
 * The request as the services see it: nothing an outsider says about who they are gets in, and what
 * we found out takes its place.
 */
final class InternalRequest extends ServerHttpRequestDecorator {

    private static final Set<String> DROPPED =
            Set.of(
                    "authorization",
                    "connection",
                    "content-digest",
                    "content-length",
                    "cookie",
                    "expect",
                    "forwarded",
                    "host",
                    "keep-alive",
                    "proxy-authorization",
                    "proxy-connection",
                    "request-id",
                    "signature",
                    "signature-input",
                    "te",
                    "traceparent",
                    "tracestate",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "x-http-method-override",
                    "x-real-ip");

    private static final Set<String> BODY_EXPECTED = Set.of("POST", "PUT", "PATCH");

    private final HttpHeaders headers;
    private final URI uri;
    private final Flux<DataBuffer> body;

    /**
     * @param token speaks for the caller inside; null where the door asks for no key
     */
    InternalRequest(
            ServerHttpRequest request,
            Visit visit,
            @Nullable String token,
            byte[] body,
            DataBufferFactory buffers) {
        this(
                request,
                visit,
                token,
                body.length,
                body.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(buffers.wrap(body))));
    }

    /**
     * With a body that is passed on while it arrives.
     *
     * @param length of the body, in bytes
     */
    InternalRequest(
            ServerHttpRequest request,
            Visit visit,
            @Nullable String token,
            long length,
            Flux<DataBuffer> body) {
        super(request);
        this.body = body;
        this.uri = internal(request.getURI(), visit.address().path());
        this.headers = new HttpHeaders();
        request.getHeaders()
                .forEach((name, values) -> {
                    if (!isDropped(name.toLowerCase(Locale.ROOT), visit)) {
                        headers.put(name, values);
                    }
                });
        headers.set("Request-Id", visit.requestId());
        headers.set("traceparent", visit.traceParent());
        headers.set("X-Forwarded-For", visit.origin().address().getHostAddress());
        headers.set("X-Forwarded-Proto", visit.origin().secure() ? "https" : "http");
        if (token != null) {
            headers.setBearerAuth(token);
        }
        var method = request.getMethod().name();
        if (length > 0 || BODY_EXPECTED.contains(method)) {
            headers.setContentLength(length);
        }
    }

    private static boolean isDropped(String name, Visit visit) {
        if (visit.address().door() == Door.CONSOLE_ACCOUNT && name.equals("cookie")) {
            return false;
        }
        if ((visit.address().door() == Door.PORTAL || visit.address().door() == Door.PORTAL_UPLOAD)
                && (name.equals("cookie")
                        || name.equals("ferry-mode")
                        || name.equals("ferry-merchant"))) {
            return false;
        }
        return DROPPED.contains(name)
                || name.startsWith("x-forwarded-")
                || (name.startsWith("ferry-") && !name.equals("ferry-version"));
    }

    private static URI internal(URI outside, String path) {
        if (path.equals(outside.getRawPath())) {
            return outside;
        }
        var query = outside.getRawQuery();
        return outside.resolve(query == null ? path : path + "?" + query);
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    public Flux<DataBuffer> getBody() {
        return body;
    }
}

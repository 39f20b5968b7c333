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
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "x-http-method-override",
                    "x-real-ip");

    private final HttpHeaders headers;
    private final URI uri;
    private final byte[] body;
    private final DataBufferFactory buffers;

    /**
     * @param token speaks for the caller inside; null where the door asks for no key
     */
    InternalRequest(
            ServerHttpRequest request,
            Visit visit,
            @Nullable String token,
            byte[] body,
            DataBufferFactory buffers) {
        super(request);
        this.body = body;
        this.buffers = buffers;
        this.uri = internal(request.getURI(), visit.address().path());
        this.headers = new HttpHeaders();
        request.getHeaders()
                .forEach((name, values) -> {
                    if (!isDropped(name.toLowerCase(Locale.ROOT), visit)) {
                        headers.put(name, values);
                    }
                });
        headers.set("Request-Id", visit.requestId());
        headers.set("X-Forwarded-For", visit.origin().address().getHostAddress());
        headers.set("X-Forwarded-Proto", visit.origin().secure() ? "https" : "http");
        if (token != null) {
            headers.setBearerAuth(token);
        }
        var method = request.getMethod().name();
        if (body.length > 0 || method.equals("POST") || method.equals("PATCH")) {
            headers.setContentLength(body.length);
        }
    }

    private static boolean isDropped(String name, Visit visit) {
        if (visit.address().door() == Door.PORTAL
                && (name.equals("cookie") || name.equals("ferry-mode"))) {
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
        return body.length == 0 ? Flux.empty() : Flux.defer(() -> Flux.just(buffers.wrap(body)));
    }
}

package io.ferrypay.gateway.upstream;

import java.util.Locale;
import java.util.Set;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Drops from a service's answer what belongs to one connection or tells what software runs. */
final class UpstreamHeaders implements HttpHeadersFilter {

    private static final Set<String> DROPPED =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "server",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "x-application-context",
                    "x-powered-by");

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        var kept = new HttpHeaders();
        input.forEach((name, values) -> {
            if (!DROPPED.contains(name.toLowerCase(Locale.ROOT))) {
                kept.put(name, values);
            }
        });
        return kept;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }
}

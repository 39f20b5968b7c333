package io.ferrypay.gateway.problem;

import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * Writes {@code application/problem+json}. Details are our own sentences, never a caller's text.
 */
public final class ProblemWriter {

    private static final String DOCUMENTATION = "https://docs.ferrypay.example/errors/";

    private ProblemWriter() {}

    public static Mono<Void> write(ServerHttpResponse response, Refused refused, String requestId) {
        var problem = refused.problem();
        response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
        var headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        refused.headers().forEach(headers::set);
        var body = body(problem, refused.detail(), requestId).getBytes(StandardCharsets.UTF_8);
        headers.setContentLength(body.length);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }

    private static String body(GatewayProblem problem, String detail, String requestId) {
        return "{\"type\":\"%s%s\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\",\"retryable\":%s,\"request_id\":\"%s\"}"
                .formatted(
                        DOCUMENTATION,
                        problem.code(),
                        problem.title(),
                        problem.status(),
                        problem.code(),
                        escaped(detail),
                        problem.retryable(),
                        requestId);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}

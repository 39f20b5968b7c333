package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.gateway.StubService.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestPropertySource(
        properties = {"ferry.gateway.request-log.every=50ms", "ferry.gateway.request-log.queue=5"})
class RequestLogTest extends GatewayTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Autowired private MeterRegistry metrics;

    @Test
    void what_a_key_asked_for_is_handed_over_without_what_is_private() {
        var key = key();
        var id =
                get(key, "/v2/payments/by-reference/secret-order?q=private")
                        .expectStatus()
                        .isOk()
                        .returnResult(String.class)
                        .getResponseHeaders()
                        .getFirst("Request-Id");
        get(key(Grant.all().scoped("refunds:read")), "/v2/payments").expectStatus().isForbidden();
        // Nobody knows whose these are.
        get("sk_test_" + "9".repeat(40), "/v2/payments").expectStatus().isUnauthorized();
        http.get().uri("/checkout/nonce").exchange().expectStatus().isOk();

        await().until(() -> handedOver().size() >= 2);

        var logged = handedOver();
        assertThat(logged).hasSize(2);
        var first = logged.getFirst();
        assertThat(first.propertyNames())
                .containsExactlyInAnyOrder(
                        "request_id", "at", "key_id", "method", "path", "status", "millis");
        assertThat(first.path("request_id").asString()).isEqualTo(id);
        assertThat(Instant.parse(first.path("at").asString()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(first.path("key_id").asString()).startsWith("key_");
        assertThat(first.path("method").asString()).isEqualTo("GET");
        assertThat(first.path("path").asString()).isEqualTo("/v2/payments/by-reference/…");
        assertThat(first.path("status").asInt()).isEqualTo(200);
        assertThat(logged.get(1).path("status").asInt()).isEqualTo(403);
        assertThat(MERCHANTS.received().toString()).doesNotContain("secret-order", "private");
    }

    @Test
    void a_log_that_nobody_takes_holds_nobody_up_and_what_is_lost_is_counted() {
        var tries = new AtomicInteger();
        var others = key();
        MERCHANTS.answers(request -> {
            if (request.uri().equals("/internal/request-log")) {
                tries.incrementAndGet();
                return Answer.json(500, "{}").after(Duration.ofMillis(200));
            }
            return authenticated(request);
        });
        var before = dropped();

        for (var i = 0; i < 30; i++) {
            get(others, "/v2/payments").expectStatus().isOk();
        }

        // More than its queue holds; and the rest when three tries have failed.
        await().atMost(Duration.ofSeconds(30)).until(() -> dropped() - before == 30);
        assertThat(tries.get()).isGreaterThanOrEqualTo(3);
    }

    private double dropped() {
        return metrics.get("ferry.gateway.request-log.dropped").counter().count();
    }

    private static List<JsonNode> handedOver() {
        return MERCHANTS.received().stream()
                .filter(request -> request.uri().equals("/internal/request-log"))
                .flatMap(request -> JSON.readTree(request.body()).path("requests").valueStream())
                .toList();
    }

    private org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec get(
            String key, String uri) {
        return http.get().uri(uri).header("Authorization", "Bearer " + key).exchange();
    }
}

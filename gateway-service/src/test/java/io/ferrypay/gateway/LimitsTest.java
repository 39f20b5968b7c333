package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@TestPropertySource(
        properties = {
            "ferry.gateway.limits.open.per-second=1",
            "ferry.gateway.limits.open.burst=5",
            "ferry.gateway.limits.notifications.per-second=1",
            "ferry.gateway.limits.notifications.burst=7",
            "ferry.gateway.limits.unknown-keys.per-second=1",
            "ferry.gateway.limits.unknown-keys.burst=10"
        })
class LimitsTest extends GatewayTest {

    @Test
    void every_answer_tells_what_is_left() {
        var key = key(Grant.all().limited(3, 9));

        // Guesses of another test may have used up what this address may ask about unknown keys.
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        send("GET", key)
                                .expectStatus()
                                .isOk()
                                .expectHeader()
                                .valueEquals("RateLimit-Limit", "9")
                                .expectHeader()
                                .valueEquals("RateLimit-Remaining", "8")
                                .expectHeader()
                                .valueEquals("RateLimit-Reset", "1"));
    }

    @Test
    void writes_and_reads_are_counted_apart_and_refused_with_a_time_to_come_back() {
        var key = key(Grant.all().limited(2, 50));
        var refused =
                IntStream.range(0, 10)
                        .mapToObj(_ -> send("POST", key))
                        .filter(answer -> status(answer) == 429)
                        .toList();

        assertThat(refused).hasSizeBetween(5, 8);
        refused.getFirst()
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectHeader()
                .valueEquals("RateLimit-Limit", "2")
                .expectHeader()
                .valueEquals("RateLimit-Remaining", "0")
                .expectHeader()
                .contentType("application/problem+json");
        send("POST", key)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("rate_limited")
                .jsonPath("$.retryable")
                .isEqualTo(true);
        send("GET", key).expectStatus().isOk();
        assertThat(PAYMENTS.received()).hasSize(11 - refused.size());
    }

    @Test
    void open_doors_and_acquirers_are_counted_by_address() {
        assertThat(refusals("GET", "/checkout/nonce", 20)).isBetween(10L, 15L);
        assertThat(refusals("POST", "/channels/wechat/notifications/a", 20)).isBetween(8L, 13L);
    }

    @Test
    void guessing_keys_is_slowed_down() {
        var statuses =
                IntStream.range(0, 30)
                        .map(i -> status(send("GET", "sk_test_Guess%032d".formatted(i))))
                        .boxed()
                        .toList();

        assertThat(statuses).containsOnly(401, 429);
        assertThat(MERCHANTS.received()).hasSizeLessThan(20);
    }

    private long refusals(String method, String path, int times) {
        return IntStream.range(0, times)
                .map(_ ->
                        status(
                                http.method(org.springframework.http.HttpMethod.valueOf(method))
                                        .uri(path)
                                        .exchange()))
                .filter(status -> status == 429)
                .count();
    }

    private ResponseSpec send(String method, String key) {
        return http.method(org.springframework.http.HttpMethod.valueOf(method))
                .uri("/v2/payments")
                .header("Authorization", "Bearer " + key)
                .exchange();
    }

    private static int status(ResponseSpec answer) {
        return answer.returnResult(Void.class).getStatus().value();
    }
}

package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.gateway.StubService.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.test.StepVerifier;

class UpstreamTest extends GatewayTest {

    @Test
    void an_answer_passes_through_unchanged_but_for_the_standing_headers() {
        PAYMENTS.answers(_ -> Answer.problem(422, "amount_below_minimum"));

        get("/v2/payments")
                .expectStatus()
                .isEqualTo(422)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectHeader()
                .exists("Request-Id")
                .expectHeader()
                .doesNotExist("Server")
                .expectHeader()
                .doesNotExist("X-Powered-By")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectBody()
                .json("{\"status\":422,\"code\":\"amount_below_minimum\"}");
    }

    @Test
    void a_silent_service_is_given_up_on() {
        PAYMENTS.answers(_ -> Answer.json(200, "{}").after(Duration.ofSeconds(5)));

        get("/v2/payments")
                .expectStatus()
                .isEqualTo(504)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("gateway_timeout");

        assertThat(PAYMENTS.received()).as("a slow answer is not asked for again").hasSize(1);
    }

    @Test
    void a_long_poll_may_take_longer() {
        PAYMENTS.answers(_ -> Answer.json(200, "{}").after(Duration.ofMillis(1_500)));

        get("/v2/payments/pay_1?wait=2").expectStatus().isOk();
    }

    @Test
    void a_read_is_tried_again_when_the_connection_breaks() {
        PAYMENTS.answers(_ -> PAYMENTS.received().size() < 3 ? null : Answer.json(200, "{}"));

        get("/v2/payments").expectStatus().isOk();

        assertThat(PAYMENTS.received()).hasSize(3);
    }

    @Test
    void a_read_is_not_tried_for_ever() {
        PAYMENTS.answers(_ -> null);

        get("/v2/payments")
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("service_unavailable");

        assertThat(PAYMENTS.received()).hasSize(3);
    }

    @Test
    void a_write_is_sent_once() {
        PAYMENTS.answers(_ -> null);

        http.post()
                .uri("/v2/payments")
                .header("Authorization", "Bearer " + key())
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(503)
                .expectBody()
                .jsonPath("$.retryable")
                .isEqualTo(true);

        assertThat(PAYMENTS.received()).hasSize(1);
    }

    @Test
    void a_stack_trace_or_container_page_is_never_quoted() {
        PAYMENTS.answers(_ ->
                new Answer(
                        500,
                        "text/html",
                        "<pre>java.lang.IllegalStateException at io.x</pre>",
                        Duration.ZERO));

        get("/v2/payments")
                .expectStatus()
                .isEqualTo(500)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("internal_error")
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).doesNotContain("java"));
    }

    @Test
    void an_acquirer_gets_the_refusal_in_its_own_form() {
        PAYMENTS.answers(_ -> Answer.json(401, "{\"code\":\"FAIL\",\"message\":\"signature\"}"));

        http.post()
                .uri("/channels/wechat/notifications/acc_1")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .json("{\"code\":\"FAIL\",\"message\":\"signature\"}");
    }

    @Test
    void a_failing_service_is_given_a_rest_and_then_tried_again() {
        NOTIFY.answers(_ -> Answer.problem(503, "service_unavailable"));
        var key = key();
        for (var i = 0; i < 40; i++) {
            get("/v2/events", key).expectStatus().isEqualTo(503);
        }

        assertThat(NOTIFY.received()).as("the breaker keeps callers away").hasSizeLessThan(40);
        get("/v2/events", key)
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("service_unavailable");
        get("/v2/payments", key).expectStatus().isOk(); // Another door stays open.

        NOTIFY.reset();
        await().atMost(Duration.ofSeconds(8))
                .untilAsserted(() -> get("/v2/events", key).expectStatus().isOk());
    }

    @Test
    void refusals_and_an_acquirers_outage_never_open_a_breaker() {
        var key = key();
        PAYMENTS.answersInTurn(
                Answer.problem(409, "reference_exists"),
                Answer.problem(422, "idempotency_mismatch"));
        for (var i = 0; i < 60; i++) {
            get("/v2/payments", key).expectStatus().is4xxClientError();
        }
        PAYMENTS.answers(_ -> Answer.problem(502, "channel_unavailable"));
        for (var i = 0; i < 60; i++) {
            get("/v2/payments", key).expectStatus().isEqualTo(502);
        }

        PAYMENTS.reset();
        get("/v2/payments", key).expectStatus().isOk();
    }

    @Test
    void events_flow_while_they_happen() {
        var events =
                http.get()
                        .uri("/checkout/nonce/events")
                        .accept(MediaType.TEXT_EVENT_STREAM)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectHeader()
                        .contentTypeCompatibleWith(MediaType.TEXT_EVENT_STREAM)
                        .returnResult(String.class)
                        .getResponseBody();

        // The stub would need 30 s for all; an ordinary answer would be cut off after one.
        StepVerifier.create(events.take(6))
                .expectNextCount(6)
                .expectComplete()
                .verify(Duration.ofSeconds(6));
    }

    @Test
    void head_is_answered_without_a_body() {
        http.head()
                .uri("/v2/payments")
                .header("Authorization", "Bearer " + key())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty();

        assertThat(PAYMENTS.only().method()).isEqualTo("HEAD");
    }

    private ResponseSpec get(String path) {
        return get(path, key());
    }

    private ResponseSpec get(String path, String key) {
        return http.get().uri(path).header("Authorization", "Bearer " + key).exchange();
    }
}

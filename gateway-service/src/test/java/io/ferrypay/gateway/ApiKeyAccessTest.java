package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.Ulid;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

@ExtendWith(OutputCaptureExtension.class)
class ApiKeyAccessTest extends GatewayTest {

    @Test
    void a_good_key_becomes_a_short_lived_signed_token() throws Exception {
        var key = key();

        http.post()
                .uri("/v2/payments?x=1")
                .header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", "k-1")
                .header("Ferry-Version", "2026-11-01")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"amount\":\"1.00\"}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Ferry-Version", "2026-11-01");

        var seen = PAYMENTS.only();
        assertThat(seen.uri()).isEqualTo("/v2/payments?x=1");
        assertThat(seen.body()).isEqualTo("{\"amount\":\"1.00\"}");
        assertThat(seen.headers().get("Idempotency-Key")).isEqualTo("k-1");
        assertThat(seen.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(seen.headers().get("Content-Length")).isEqualTo("17");
        var token = SignedJWT.parse(seen.headers().get("Authorization").substring(7));
        assertThat(token.verify(new ECDSAVerifier(GATEWAY_KEY))).isTrue();
        assertThat(token.getHeader().getKeyID()).isEqualTo("gateway-service");
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("gateway-service");
        assertThat(claims.getSubject()).isEqualTo(MERCHANT);
        assertThat(claims.getAudience()).containsExactly("ferrypay");
        assertThat(claims.getStringClaim("typ")).isEqualTo("merchant");
        assertThat(claims.getStringClaim("mode")).isEqualTo("test");
        assertThat(claims.getStringClaim("key")).startsWith("key_");
        assertThat(claims.getStringListClaim("scopes")).contains("payments:write");
        assertThat(claims.getExpirationTime().toInstant())
                .isBetween(Instant.now(), Instant.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void merchant_service_is_asked_with_a_service_token_and_only_once() throws Exception {
        var key = key();

        for (var i = 0; i < 3; i++) {
            get("/v2/payments/pay_1", key).expectStatus().isOk();
        }

        var asked = MERCHANTS.only();
        var claims =
                SignedJWT.parse(asked.headers().get("Authorization").substring(7))
                        .getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly("merchant-service");
        assertThat(claims.getSubject()).isEqualTo("gateway-service");
        assertThat(claims.getStringClaim("typ")).isEqualTo("service");
        assertThat(
                        PAYMENTS.received().stream()
                                .map(request -> request.headers().get("Authorization"))
                                .distinct())
                .as("signing is not per request")
                .hasSize(1);
    }

    @Test
    void many_first_requests_with_one_key_ask_once() {
        var key = key();
        var client = HttpClient.create().baseUrl("http://127.0.0.1:" + port);

        var statuses =
                Flux.range(0, 50)
                        .flatMap(
                                _ ->
                                        client.headers(h -> h.set("Authorization", "Bearer " + key))
                                                .get()
                                                .uri("/v2/payments")
                                                .response(),
                                50)
                        .map(response -> response.status().code())
                        .collectList()
                        .block(Duration.ofSeconds(20));

        assertThat(statuses).hasSize(50).containsOnly(200);
        assertThat(MERCHANTS.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer nonsense",
                "Bearer sk_test_short",
                "Bearer pk_test_0000000000000000000000000000000000000000",
                "Bearer sk_test_0000000000000000000000000000000000000000%0a",
                "Basic c2tfdGVzdF8wMDAwMDAwMDAwMDAwMDAwMDAwMDo=",
                "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZXJfMSJ9."
            })
    void what_cannot_be_a_key_is_refused_without_asking(String authorization) {
        http.get()
                .uri("/v2/payments")
                .header("Authorization", authorization)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer realm=\"FerryPay\"")
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unauthenticated")
                .jsonPath("$.type")
                .isEqualTo("https://docs.ferrypay.example/errors/unauthenticated")
                .jsonPath("$.status")
                .isEqualTo(401)
                .jsonPath("$.retryable")
                .isEqualTo(false)
                .jsonPath("$.request_id")
                .value(String.class, id -> assertThat(id).matches("req_[0-9A-HJKMNP-TV-Z]{26}"));

        assertThat(MERCHANTS.received()).isEmpty();
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @Test
    void a_wrong_key_is_refused_and_briefly_remembered() {
        var wrong = "sk_test_ThereIsNoSuchKeyAnywhere0000000000000";

        get("/v2/payments", wrong).expectStatus().isUnauthorized();
        get("/v2/payments", wrong).expectStatus().isUnauthorized();

        assertThat(MERCHANTS.received()).hasSize(1);
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @Test
    void a_key_may_be_bound_to_networks() {
        get("/v2/payments", key(Grant.all().from("[\"10.0.0.0/8\",\"2001:db8::/32\"]")))
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("ip_not_allowed");
        get("/v2/payments", key(Grant.all().from("[\"10.0.0.0/8\",\"127.0.0.0/8\"]")))
                .expectStatus()
                .isOk();
    }

    @Test
    void a_forged_forwarding_header_does_not_move_the_caller() {
        http.get()
                .uri("/v2/payments")
                .header("Authorization", "Bearer " + key(Grant.all().from("[\"10.0.0.0/8\"]")))
                .header("X-Forwarded-For", "10.1.2.3")
                .header("Forwarded", "for=10.1.2.3")
                .exchange()
                .expectStatus()
                .isForbidden();
    }

    @Test
    void a_suspended_merchant_is_turned_away() {
        get("/v2/payments", key(Grant.all().suspended()))
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("merchant_suspended");
    }

    @Test
    void a_restricted_key_does_only_what_its_scopes_say() {
        var key = key(Grant.all().scoped("payments:read"));

        get("/v2/payments", key).expectStatus().isOk();
        http.post()
                .uri("/v2/payments")
                .header("Authorization", "Bearer " + key)
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("forbidden_scope");
        for (var path :
                List.of("/v2/api_keys", "/v2/merchant", "/v2/events", "/v2/webhook_secret")) {
            get(path, key).expectStatus().isForbidden();
        }
    }

    @Test
    void nothing_an_outsider_says_about_itself_gets_in() {
        http.get()
                .uri("/v2/payments")
                .header("Authorization", "Bearer " + key())
                .header("Request-Id", "req_FORGED")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .header("tracestate", "evil=1")
                .header("X-Forwarded-For", "1.2.3.4")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Real-IP", "1.2.3.4")
                .header("Forwarded", "for=1.2.3.4")
                .header("Ferry-Merchant", "mer_other")
                .header("X-HTTP-Method-Override", "DELETE")
                .header("Connection", "X-Forwarded-For, Authorization")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .value(
                        "Request-Id",
                        id -> assertThat(id).startsWith("req_").isNotEqualTo("req_FORGED"));

        var headers = PAYMENTS.only().headers();
        assertThat(headers.get("Request-Id")).startsWith("req_").isNotEqualTo("req_FORGED");
        assertThat(headers.getAll("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(headers.get("X-Forwarded-Host")).isNull();
        assertThat(headers.get("X-Real-IP")).isNull();
        assertThat(headers.get("Forwarded")).isNull();
        assertThat(headers.get("Ferry-Merchant")).isNull();
        assertThat(headers.get("X-HTTP-Method-Override")).isNull();
        assertThat(headers.get("tracestate")).isNull();
        var id = Ulid.from(headers.get("Request-Id").substring("req_".length())).toUuid();
        assertThat(headers.getAll("traceparent"))
                .singleElement()
                .asString()
                .matches("00-" + id.toString().replace("-", "") + "-[0-9a-f]{16}-01");
        assertThat(headers.get("Authorization")).startsWith("Bearer ey");
    }

    @Test
    void open_doors_pass_no_credentials_on() {
        http.get()
                .uri("/checkout/nonce-1")
                .header("Authorization", "Bearer " + key())
                .exchange()
                .expectStatus()
                .isOk();
        http.post()
                .uri("/channels/wechat/notifications/acc_1")
                .header("Authorization", "anything")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isOk();
        http.get().uri("/v2/openapi.json").exchange().expectStatus().isOk();

        assertThat(PAYMENTS.received()).hasSize(3);
        assertThat(PAYMENTS.received())
                .allSatisfy(seen -> assertThat(seen.headers().get("Authorization")).isNull());
        assertThat(MERCHANTS.received()).isEmpty();
    }

    @Test
    void an_old_word_for_payments_still_works() {
        var key = key();

        get("/v2/transactions/pay_1?wait=1", key).expectStatus().isOk();
        get("/v2/transaction", key).expectStatus().isOk();
        get("/v2/transactions/by-reference/A%2F1", key).expectStatus().isOk();

        assertThat(PAYMENTS.received().stream().map(StubService.Received::uri))
                .containsExactly(
                        "/v2/payments/pay_1?wait=1",
                        "/v2/payments",
                        "/v2/payments/by-reference/A/1");
    }

    @Test
    void every_door_leads_to_its_service() {
        var key = key();
        for (var path :
                List.of(
                        "/v2/webhook_endpoints",
                        "/v2/webhook_endpoints/we_1",
                        "/v2/webhook_secret",
                        "/v2/webhook_public_keys",
                        "/v2/events/evt_1/deliveries")) {
            get(path, key).expectStatus().isOk();
        }
        for (var path : List.of("/v2/api_keys", "/v2/merchant", "/v2/api_keys/key_1:roll")) {
            get(path, key).expectStatus().isOk();
        }

        assertThat(NOTIFY.received()).hasSize(5);
        assertThat(MERCHANTS.received()).hasSize(4); // One of them asked about the key.
    }

    @Test
    void without_an_answer_about_the_key_the_caller_may_retry() {
        MERCHANTS.answers(_ -> StubService.Answer.problem(500, "internal_error"));

        get("/v2/payments", key())
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .valueEquals("Retry-After", "1")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("service_unavailable")
                .jsonPath("$.retryable")
                .isEqualTo(true);
    }

    @Test
    void a_key_is_never_written_to_the_log(CapturedOutput output) {
        var good = key();
        var wrong = "sk_live_WrongButStillASecret0000000000000000";

        get("/v2/payments", good).expectStatus().isOk();
        get("/v2/payments", wrong).expectStatus().isUnauthorized();
        MERCHANTS.answers(_ -> null);
        get("/v2/payments", key()).expectStatus().isEqualTo(503);

        assertThat(output.getAll()).doesNotContain("sk_test_0").doesNotContain(wrong);
        assertThat(output.getAll()).contains("service_unavailable");
    }

    private org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec get(
            String path, String key) {
        return http.get()
                .uri(java.net.URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + key)
                .exchange();
    }
}

package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.gateway.StubService.Answer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class PortalAccessTest extends GatewayTest {

    private static final String CSRF = "0b53d0c6-4f4c-4b8e-9f3f-2b1f64f3d2a1";

    private final String session = UUID.randomUUID().toString();
    private final AtomicReference<Answer> exchanged =
            new AtomicReference<>(session("active", "payments:read", "payments:write"));

    @BeforeEach
    void merchant_service_knows_the_session() {
        MERCHANTS.answers(request ->
                request.uri().equals("/internal/portal-sessions:exchange")
                        ? request.body().equals("{\"session\":\"" + session + "\"}")
                                ? exchanged.get()
                                : Answer.problem(401, "unauthenticated")
                        : Answer.json(200, "{\"object\":\"portal\"}"));
    }

    private static Answer session(String merchantStatus, String... scopes) {
        return Answer.json(
                200,
                """
                {"merchant_id":"%s","scopes":["%s"],"session_id":"ses_1","user_id":"usr_1","merchant_status":"%s",
                "rate_limit":{"writes_per_second":100,"reads_per_second":100},"a_later_addition":1}
                """
                        .formatted(MERCHANT, String.join("\",\"", scopes), merchantStatus));
    }

    @Test
    void a_session_becomes_the_same_kind_of_token_as_a_key_does() throws Exception {
        send(HttpMethod.GET, "/portal/api/v2/payments?limit=1", "Ferry-Mode", "live")
                .expectStatus()
                .isOk();

        var seen = PAYMENTS.only();
        assertThat(seen.uri()).isEqualTo("/v2/payments?limit=1");
        assertThat(seen.headers().get("Cookie")).isNull();
        var claims =
                SignedJWT.parse(seen.headers().get("Authorization").substring(7)).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo(MERCHANT);
        assertThat(claims.getStringClaim("typ")).isEqualTo("merchant");
        assertThat(claims.getStringClaim("mode")).isEqualTo("live");
        assertThat(claims.getStringClaim("key")).isEqualTo("ses_1");
        assertThat(claims.getStringClaim("person")).isEqualTo("usr_1");
        assertThat(claims.getStringListClaim("scopes"))
                .containsExactlyInAnyOrder("payments:read", "payments:write");
    }

    @Test
    void a_request_that_does_not_say_so_is_in_test_mode() throws Exception {
        send(HttpMethod.GET, "/portal/api/v2/payments").expectStatus().isOk();

        var token = PAYMENTS.only().headers().get("Authorization").substring(7);
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("mode"))
                .isEqualTo("test");
    }

    @Test
    void what_changes_something_needs_the_csrf_token() {
        for (var header : new String[] {null, "", "another-token-of-some-length"}) {
            refused(post("/portal/api/v2/payments", header), 403, "csrf_token_invalid");
        }
        assertThat(PAYMENTS.received()).isEmpty();
        assertThat(MERCHANTS.received()).isEmpty();

        post("/portal/api/v2/payments", CSRF).expectStatus().isOk();
    }

    @Test
    void a_role_does_only_what_its_scopes_say() {
        refused(post("/portal/api/v2/payments/pay_1/refunds", CSRF), 403, "forbidden_scope");
        refused(send(HttpMethod.GET, "/portal/api/v2/api_keys"), 403, "forbidden_scope");
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @Test
    void keys_are_made_only_by_one_who_has_just_proven_who_they_are() {
        exchanged.set(session("active", "keys:read", "keys:write"));
        send(HttpMethod.GET, "/portal/api/v2/api_keys").expectStatus().isOk();
        refused(post("/portal/api/v2/api_keys", CSRF), 403, "step_up_required");

        exchanged.set(session("active", "keys:read", "keys:write", "portal:step_up"));
        post("/portal/api/v2/api_keys", CSRF).expectStatus().isOk();
    }

    @Test
    void a_draft_may_only_try_things_out() {
        exchanged.set(session("draft", "payments:read"));

        send(HttpMethod.GET, "/portal/api/v2/payments").expectStatus().isOk();
        refused(
                send(HttpMethod.GET, "/portal/api/v2/payments", "Ferry-Mode", "live"),
                403,
                "merchant_not_live");
    }

    @Test
    void a_page_that_shows_another_merchant_does_nothing_for_this_one() {
        refused(
                send(
                        HttpMethod.GET,
                        "/portal/api/v2/payments",
                        "Ferry-Merchant",
                        "mer_01JD0000000000000000000000"),
                409,
                "merchant_switched");
        assertThat(PAYMENTS.received()).isEmpty();

        send(HttpMethod.GET, "/portal/api/v2/payments", "Ferry-Merchant", MERCHANT)
                .expectStatus()
                .isOk();
    }

    @Test
    void one_who_signed_out_is_out_within_seconds() {
        for (var i = 0; i < 3; i++) {
            send(HttpMethod.GET, "/portal/api/v2/payments").expectStatus().isOk();
        }
        assertThat(MERCHANTS.received()).hasSize(1);
        exchanged.set(Answer.problem(401, "unauthenticated"));

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        refused(
                                send(HttpMethod.GET, "/portal/api/v2/payments"),
                                401,
                                "unauthenticated"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0000", "00000000-0000-0000-0000-00000000000z"})
    void what_cannot_be_a_session_is_refused_without_asking(String cookie) {
        refused(
                http.get()
                        .uri("/portal/api/v2/payments")
                        .header("Cookie", "ferry_portal=" + cookie)
                        .exchange(),
                401,
                "unauthenticated");
        assertThat(MERCHANTS.received()).isEmpty();
    }

    @Test
    void a_key_does_not_open_the_portal_and_a_cookie_opens_nothing_else() {
        refused(
                http.get()
                        .uri("/portal/api/v2/payments")
                        .header("Authorization", "Bearer " + key())
                        .exchange(),
                401,
                "unauthenticated");
        refused(send(HttpMethod.GET, "/v2/payments"), 401, "unauthenticated");
        send(HttpMethod.GET, "/checkout/nonce-1").expectStatus().isOk();
        assertThat(PAYMENTS.only().headers().get("Cookie")).isNull();
    }

    @Test
    void the_portals_own_api_gets_cookies_and_no_token() {
        send(HttpMethod.GET, "/portal/api/session", "Ferry-Mode", "live").expectStatus().isOk();

        var seen = MERCHANTS.only();
        assertThat(seen.uri()).isEqualTo("/portal/api/session");
        assertThat(seen.headers().get("Cookie")).contains("ferry_portal=" + session);
        assertThat(seen.headers().get("Ferry-Mode")).isEqualTo("live");
        assertThat(seen.headers().get("Authorization")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/portal/api/v2/openapi.json",
                "/portal/api/v2/unknown",
                "/portal/api/v2//payments",
                "/portal/api/v2/../session",
                "/portal/api/v2/portal/api/session",
                "/portal/api/../../internal/events"
            })
    void other_addresses_lead_nowhere(String path) {
        assertThat(RawHttp.get(port, path)).startsWith("HTTP/1.1 404");
    }

    private ResponseSpec post(String path, String csrfHeader) {
        return csrfHeader == null
                ? send(HttpMethod.POST, path)
                : send(HttpMethod.POST, path, "X-XSRF-TOKEN", csrfHeader);
    }

    private ResponseSpec send(HttpMethod method, String path, String... header) {
        var request =
                http.method(method)
                        .uri(path)
                        .header("Cookie", "ferry_portal=" + session + "; XSRF-TOKEN=" + CSRF);
        return (header.length == 0 ? request : request.header(header[0], header[1])).exchange();
    }

    private static void refused(ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }
}

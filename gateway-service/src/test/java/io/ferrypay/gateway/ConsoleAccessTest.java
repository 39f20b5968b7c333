package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.gateway.StubService.Answer;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class ConsoleAccessTest extends GatewayTest {

    private static final String CSRF = "0b53d0c6-4f4c-4b8e-9f3f-2b1f64f3d2a1";

    private final String session = UUID.randomUUID().toString();
    private final AtomicReference<Answer> exchanged = new AtomicReference<>(answer("ledger:read"));

    private static Answer answer(String permission) {
        return Answer.json(
                200,
                """
                {"account":"sta_1","person":"per_1","name":"Aroha","permissions":["%s"],
                "session_id":"ses_1","stepped_up_at":"2026-11-28T01:02:03Z","a_later_addition":1}
                """
                        .formatted(permission));
    }

    @BeforeEach
    void trade_admin_knows_the_session() {
        TRADE_ADMIN.answers(request ->
                request.uri().equals("/internal/staff-sessions:exchange")
                        ? request.body().equals("{\"session\":\"" + session + "\"}")
                                ? exchanged.get()
                                : Answer.problem(401, "unauthenticated")
                        : Answer.json(200, "{\"object\":\"console\"}"));
    }

    @Test
    void a_session_becomes_a_token_of_the_person_at_every_service() throws Exception {
        get("/console/api/onboarding/applications", session).expectStatus().isOk();

        var seen = MERCHANTS.only();
        assertThat(seen.uri()).isEqualTo("/console/api/onboarding/applications");
        assertThat(seen.headers().get("Cookie")).isNull();
        var claims =
                SignedJWT.parse(seen.headers().get("Authorization").substring(7)).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("sta_1");
        assertThat(claims.getStringClaim("typ")).isEqualTo("staff");
        assertThat(claims.getStringClaim("person")).isEqualTo("per_1");
        assertThat(claims.getStringClaim("session")).isEqualTo("ses_1");
        assertThat(claims.getStringClaim("address")).isEqualTo("127.0.0.1");
        assertThat(claims.getStringListClaim("permissions")).containsExactly("ledger:read");
        assertThat(claims.getDateClaim("stepped_up_at")).isEqualTo("2026-11-28T01:02:03Z");
    }

    @Test
    void a_merchants_paper_runs_in_a_sandbox_here_too() {
        var application = "/console/api/onboarding/applications/onb_01JD0000000000000000000000";

        get(application + "/documents/doc_01JD0000000000000000000000/content", session)
                .expectHeader()
                .valueEquals(
                        "Content-Security-Policy",
                        "sandbox; default-src 'none'; frame-ancestors 'none'");
        get(application, session)
                .expectHeader()
                .valueEquals(
                        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    @Test
    void nothing_is_remembered_so_who_lost_a_right_or_signed_out_is_out_at_once() throws Exception {
        get("/console/api/approvals", session).expectStatus().isOk();
        exchanged.set(answer("audit:read"));
        TRADE_ADMIN.reset();
        trade_admin_knows_the_session();
        get("/console/api/approvals", session).expectStatus().isOk();
        var token = TRADE_ADMIN.received().getLast().headers().get("Authorization").substring(7);
        assertThat(SignedJWT.parse(token).getJWTClaimsSet().getStringListClaim("permissions"))
                .containsExactly("audit:read");

        exchanged.set(Answer.problem(401, "unauthenticated"));
        refused(get("/console/api/approvals", session), 401, "unauthenticated");
    }

    @Test
    void what_changes_something_needs_the_csrf_token() {
        for (var header : new String[] {null, "", "another-token-of-some-length"}) {
            refused(post("/console/api/approvals:approve", header), 403, "csrf_token_invalid");
        }
        assertThat(TRADE_ADMIN.received()).isEmpty();

        post("/console/api/approvals:approve", CSRF).expectStatus().isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "{SESSION}; ferry_console={SESSION}"})
    void without_one_session_nobody_is_asked(String cookie) {
        refused(
                get("/console/api/approvals", cookie.replace("{SESSION}", session)),
                401,
                "unauthenticated");
        refused(
                get("/console/api/merchants", UUID.randomUUID().toString()),
                401,
                "unauthenticated");
        assertThat(MERCHANTS.received()).isEmpty();
    }

    @Test
    void when_nobody_can_say_who_it_is_nobody_gets_in() {
        exchanged.set(Answer.problem(500, "internal_error"));

        refused(get("/console/api/approvals", session), 503, "service_unavailable");
    }

    @Test
    void the_way_in_is_passed_on_with_its_cookies_and_no_token() {
        get("/console/api/account/session", session).expectStatus().isOk();

        var seen = TRADE_ADMIN.only();
        assertThat(seen.headers().get("Cookie")).contains("ferry_console=" + session);
        assertThat(seen.headers().get("Authorization")).isNull();
    }

    @Test
    void a_merchants_key_or_session_opens_nothing_here() {
        refused(
                http.get()
                        .uri("/console/api/approvals")
                        .header("Authorization", "Bearer sk_test_1")
                        .header("Cookie", "ferry_portal=" + session)
                        .exchange(),
                401,
                "unauthenticated");
        assertThat(TRADE_ADMIN.received()).isEmpty();
    }

    private ResponseSpec get(String path, String cookie) {
        return http.method(HttpMethod.GET)
                .uri(path)
                .header("Cookie", "ferry_console=" + cookie)
                .exchange();
    }

    private ResponseSpec post(String path, @Nullable String csrf) {
        var request =
                http.post()
                        .uri(path)
                        .header("Cookie", "ferry_console=" + session + "; XSRF-TOKEN=" + CSRF);
        return (csrf == null ? request : request.header("X-XSRF-TOKEN", csrf)).exchange();
    }

    private static void refused(ResponseSpec answer, int status, String code) {
        answer.expectStatus().isEqualTo(status).expectBody().jsonPath("$.code").isEqualTo(code);
    }
}

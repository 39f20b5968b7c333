package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.gateway.StubService.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import tools.jackson.databind.json.JsonMapper;

/** A till signs its requests; merchant-service says whether the signature is good. */
class DeviceAccessTest extends GatewayTest {

    private static final String KEY = "dk_test_0123456789abcdefghijklmn";
    private static final String SIGNATURE = "A".repeat(86) + "==";
    private static final String BODY = "{\"amount\":\"35.50\"}";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @BeforeEach
    void know_the_device() {
        MERCHANTS.answers(request ->
                request.uri().equals("/internal/device-requests:exchange")
                        ? Answer.json(200, known("active"))
                        : Answer.json(200, "{}"));
    }

    private static String known(String merchantStatus) {
        return """
        {"merchant_id":"%s","mode":"test","key_id":"%s","scopes":["payments:read","payments:write"],
        "device":"dev_1","store":"store_1","store_name":"Wharf","time_zone":"Pacific/Auckland",
        "cashier":"cas_1","rate_limit":{"writes_per_second":1000,"reads_per_second":1000},
        "merchant_status":"%s"}
        """
                .formatted(MERCHANT, KEY, merchantStatus);
    }

    @Test
    void a_signed_request_becomes_a_token_of_the_device() throws Exception {
        send("POST", "/v2/spotpay/sessions?x=%20y", BODY, headers -> {}).expectStatus().isOk();

        var asked = JSON.readTree(MERCHANTS.only().body());
        assertThat(asked.path("key_id").asString()).isEqualTo(KEY);
        assertThat(asked.path("method").asString()).isEqualTo("POST");
        assertThat(asked.path("path").asString()).isEqualTo("/v2/spotpay/sessions");
        assertThat(asked.path("query").asString()).isEqualTo("?x=%20y");
        assertThat(asked.path("body_sha256").asString()).isEqualTo(sha256(BODY));
        assertThat(asked.path("created").asLong()).isEqualTo(1795414300L);
        assertThat(asked.path("nonce").asString()).isEqualTo("0123456789abcdef");
        assertThat(asked.path("signature").asString()).isEqualTo(SIGNATURE);
        assertThat(asked.path("cashier_proof").isNull()).isTrue();
        var seen = PAYMENTS.only();
        assertThat(seen.body()).isEqualTo(BODY);
        assertThat(seen.headers().get("Signature")).isNull();
        assertThat(seen.headers().get("Ferry-Cashier")).isNull();
        var token = SignedJWT.parse(seen.headers().get("Authorization").substring(7));
        assertThat(token.verify(new ECDSAVerifier(GATEWAY_KEY))).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getStringClaim("typ")).isEqualTo("device");
        assertThat(claims.getSubject()).isEqualTo(MERCHANT);
        assertThat(claims.getStringClaim("key")).isEqualTo(KEY);
        assertThat(claims.getStringClaim("device")).isEqualTo("dev_1");
        assertThat(claims.getStringClaim("store")).isEqualTo("store_1");
        assertThat(claims.getStringClaim("store_name")).isEqualTo("Wharf");
        assertThat(claims.getStringClaim("time_zone")).isEqualTo("Pacific/Auckland");
        assertThat(claims.getStringClaim("cashier")).isEqualTo("cas_1");
        assertThat(claims.getStringListClaim("scopes"))
                .containsExactly("payments:read", "payments:write");
    }

    @Test
    void each_request_is_asked_about_by_itself() {
        send("GET", "/v2/spotpay/sessions", "", headers -> {}).expectStatus().isOk();
        send("GET", "/v2/spotpay/sessions", "", headers -> {}).expectStatus().isOk();

        assertThat(MERCHANTS.received()).hasSize(2);
        assertThat(JSON.readTree(MERCHANTS.received().getFirst().body()).path("query").asString())
                .isEqualTo("?");
    }

    @Test
    void a_cashiers_proof_goes_to_whoever_knows_it_and_no_further() {
        var proof = "p".repeat(43);

        send(
                        "POST",
                        "/v2/spotpay/sessions",
                        BODY,
                        headers -> {
                            headers.put("Ferry-Cashier", proof);
                            headers.put("Idempotency-Key", "key-1");
                        })
                .expectStatus()
                .isOk();

        assertThat(JSON.readTree(MERCHANTS.only().body()).path("cashier_proof").asString())
                .isEqualTo(proof);
        assertThat(JSON.readTree(MERCHANTS.only().body()).path("idempotency_key").asString())
                .isEqualTo("key-1");
        assertThat(PAYMENTS.only().headers().get("Ferry-Cashier")).isNull();
    }

    @Test
    void a_signed_charge_is_the_tills_and_one_with_a_key_the_shops() {
        send("POST", "/v2/spotpay/charges", BODY, headers -> {}).expectStatus().isOk();

        // What was signed is the address it was sent to.
        assertThat(JSON.readTree(MERCHANTS.only().body()).path("path").asString())
                .isEqualTo("/v2/spotpay/charges");
        assertThat(PAYMENTS.only().uri()).isEqualTo("/v2/spotpay/sessions:charge");
        send("POST", "/v2/spotpay/sessions:charge", BODY, headers -> {})
                .expectStatus()
                .isNotFound();
        http.post().uri("/v2/spotpay/charges").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void the_digest_is_the_one_of_the_body_that_came() {
        for (var digest :
                new String[] {
                    "sha-256=:" + sha256("{\"amount\":\"99.00\"}") + ":",
                    "sha-512=:" + sha256(BODY) + ":",
                    "nonsense",
                    ""
                }) {
            send(
                            "POST",
                            "/v2/spotpay/sessions",
                            BODY,
                            headers -> headers.put("Content-Digest", digest))
                    .expectStatus()
                    .isUnauthorized()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("digest_mismatch");
        }
        assertThat(MERCHANTS.received()).isEmpty();
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ferry=()",
                // Another order, a component less, one more, other parameters, a foreign name.
                "ferry=(\"@path\" \"@method\" \"@query\" \"content-digest\");created=1795414300;nonce=\"0123456789abcdef\";keyid=\"KEY\"",
                "ferry=(\"@method\" \"@path\" \"@query\");created=1795414300;nonce=\"0123456789abcdef\";keyid=\"KEY\"",
                "ferry=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1795414300;nonce=\"0123456789abcdef\";keyid=\"KEY\";alg=\"none\"",
                "ferry=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1795414300;nonce=\"short\";keyid=\"KEY\"",
                "ferry=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1795414300;nonce=\"0123456789abcdef\";keyid=\"sk_test_0123456789abcdefghijklmn\"",
                "other=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1795414300;nonce=\"0123456789abcdef\";keyid=\"KEY\""
            })
    void what_is_not_signed_in_our_way_is_refused_without_asking(String input) {
        send(
                        "GET",
                        "/v2/spotpay/sessions",
                        "",
                        headers -> headers.put("Signature-Input", input.replace("KEY", KEY)))
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("unauthenticated");
        assertThat(MERCHANTS.received()).isEmpty();
    }

    @Test
    void two_signatures_are_none() {
        http.get()
                .uri("/v2/spotpay/sessions")
                .header("Signature-Input", input(), input())
                .header("Signature", "ferry=:" + SIGNATURE + ":")
                .header("Content-Digest", "sha-256=:" + sha256("") + ":")
                .exchange()
                .expectStatus()
                .isUnauthorized();
        assertThat(MERCHANTS.received()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unauthenticated, unauthenticated",
        "signature_invalid, signature_invalid",
        "device_revoked, device_revoked",
        "nonce_used, nonce_used",
        "a_later_addition, unauthenticated"
    })
    void a_refusal_says_why(String told, String said) {
        MERCHANTS.answers(_ -> Answer.problem(401, told));

        send("GET", "/v2/spotpay/device", "", headers -> {})
                .expectStatus()
                .isUnauthorized()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(said);
    }

    @Test
    void a_wrong_clock_is_told_the_time() {
        MERCHANTS.answers(_ ->
                new Answer(
                        401,
                        "application/problem+json",
                        "{\"code\":\"clock_skewed\",\"server_time\":1795414300}",
                        java.time.Duration.ZERO));

        send("GET", "/v2/spotpay/device", "", headers -> {})
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("Ferry-Time", "1795414300")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("clock_skewed");
    }

    @Test
    void a_suspended_merchants_tills_are_turned_away() {
        MERCHANTS.answers(_ -> Answer.json(200, known("suspended")));

        send("POST", "/v2/spotpay/sessions", BODY, headers -> {})
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("merchant_suspended");
        assertThat(PAYMENTS.received()).isEmpty();
    }

    @Test
    void a_till_does_not_open_the_shops_doors_nor_a_key_the_tills() {
        for (var path : new String[] {"/v2/payments", "/v2/devices", "/v2/api_keys"}) {
            send("GET", path, "", headers -> {}).expectStatus().isUnauthorized();
        }
        http.get()
                .uri("/v2/spotpay/sessions")
                .header("Authorization", "Bearer " + key())
                .exchange()
                .expectStatus()
                .isUnauthorized();
        assertThat(PAYMENTS.received()).isEmpty();
    }

    private ResponseSpec send(
            String method, String path, String body, Consumer<Map<String, String>> change) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Digest", "sha-256=:" + sha256(body) + ":");
        headers.put("Signature-Input", input());
        headers.put("Signature", "ferry=:" + SIGNATURE + ":");
        change.accept(headers);
        var request =
                http.method(HttpMethod.valueOf(method))
                        .uri(java.net.URI.create("http://127.0.0.1:" + port + path));
        headers.forEach(request::header);
        return (body.isEmpty()
                        ? request
                        : request.contentType(MediaType.APPLICATION_JSON).bodyValue(body))
                .exchange();
    }

    private static String input() {
        return "ferry=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1795414300;nonce=\"0123456789abcdef\";keyid=\""
                + KEY
                + "\"";
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

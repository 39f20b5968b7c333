package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.identity.KeyFiles;
import io.ferrypay.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "eureka.client.enabled=false")
class MerchantServiceTest {

    private static final String DEMO_MERCHANT = "mer_01JD0000000000000000DEM0SH";

    @TempDir static Path folder;

    @LocalServerPort private int port;

    @Autowired private JdbcClient jdbc;

    private final JsonMapper json = JsonMapper.builder().build();

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "merchant");
        KeyFiles.generate(folder, List.of("gateway-service", "merchant-service", "job-service"));
        registry.add(
                "ferry.identity.private-key",
                () -> folder.resolve("merchant-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> folder.resolve("trusted.jwks").toString());
        registry.add("ferry.demo.api-key-file", () -> folder.resolve("demo.key").toString());
    }

    @Test
    void the_demo_shops_key_is_for_its_owner_only() throws Exception {
        assertThat(Files.getPosixFilePermissions(folder.resolve("demo.key"))).hasSize(2);
    }

    record Answer(int status, JsonNode body, String text) {

        String code() {
            return body.path("code").asString("");
        }
    }

    @Test
    void a_secret_key_may_also_do_what_did_not_exist_when_it_was_made() throws Exception {
        jdbc.sql("update credential set scopes = array_remove(scopes, 'refunds:read')").update();

        var recognised = authenticate(Files.readString(folder.resolve("demo.key")));

        assertThat(recognised.body().path("scopes").toString()).contains("refunds:read");
    }

    @Test
    void the_demo_shops_key_is_recognised_and_a_mistyped_one_is_not() throws Exception {
        var key = Files.readString(folder.resolve("demo.key"));
        var recognised = authenticate(key);

        assertThat(recognised.status()).isEqualTo(200);
        assertThat(recognised.body().path("merchant_id").asString()).isEqualTo(DEMO_MERCHANT);
        assertThat(recognised.body().path("mode").asString()).isEqualTo("test");
        assertThat(recognised.body().path("scopes").toString()).contains("payments:write");
        var last = key.charAt(key.length() - 1);
        assertThat(
                        authenticate(key.substring(0, key.length() - 1) + (last == 'x' ? 'y' : 'x'))
                                .status())
                .isEqualTo(401);
        assertThat(authenticate("sk_test_nonsense").code()).isEqualTo("unauthenticated");
    }

    @Test
    void a_key_is_shown_once_and_kept_only_as_a_hash() {
        var idempotencyKey = UUID.randomUUID().toString();
        var made =
                merchant(
                        "POST",
                        "/v2/api_keys",
                        Map.of(
                                "name",
                                "till",
                                "kind",
                                "restricted",
                                "scopes",
                                List.of("payments:read")),
                        idempotencyKey);
        var secret = made.body().path("secret").asString();

        assertThat(made.status()).isEqualTo(201);
        assertThat(secret).startsWith("rk_test_");
        assertThat(authenticate(secret).body().path("scopes").toString())
                .isEqualTo("[\"payments:read\"]");
        assertThat(
                        merchant(
                                        "GET",
                                        "/v2/api_keys/" + made.body().path("id").asString(),
                                        null,
                                        null)
                                .text())
                .doesNotContain(secret);
        assertThat(
                        jdbc.sql("select count(*) from outbox where data like '%' || ? || '%'")
                                .param(secret)
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(
                        jdbc.sql(
                                        "select count(*) from credential c where c::text like '%' || ? || '%'")
                                .param(secret)
                                .query(Long.class)
                                .single())
                .isZero();

        var again =
                merchant(
                        "POST",
                        "/v2/api_keys",
                        Map.of(
                                "name",
                                "till",
                                "kind",
                                "restricted",
                                "scopes",
                                List.of("payments:read")),
                        idempotencyKey);
        assertThat(again.code()).isEqualTo("secret_already_shown");
        assertThat(again.body().path("key_id").asString())
                .isEqualTo(made.body().path("id").asString());
        assertThat(
                        merchant(
                                        "POST",
                                        "/v2/api_keys",
                                        Map.of("name", "other", "kind", "secret"),
                                        idempotencyKey)
                                .code())
                .isEqualTo("idempotency_mismatch");
    }

    @Test
    void fifty_hands_rolling_one_key_make_one_successor_and_the_old_key_overlaps()
            throws Exception {
        var made =
                merchant(
                                "POST",
                                "/v2/api_keys",
                                Map.of("name", "roll me", "kind", "secret"),
                                UUID.randomUUID().toString())
                        .body();
        var answers =
                atOnce(
                        50,
                        () ->
                                merchant(
                                        "POST",
                                        "/v2/api_keys/" + made.path("id").asString() + ":roll",
                                        Map.of("expires_in", "1h"),
                                        UUID.randomUUID().toString()));

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 201))
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("key_already_rolled"));
        assertThat(
                        jdbc.sql("select count(*) from credential where replaces = ?")
                                .param(made.path("id").asString())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        assertThat(authenticate(made.path("secret").asString()).body().path("valid_until").isNull())
                .isFalse();
    }

    @Test
    void fifty_hands_with_one_idempotency_key_make_one_key() throws Exception {
        var idempotencyKey = UUID.randomUUID().toString();
        var answers =
                atOnce(
                        50,
                        () ->
                                merchant(
                                        "POST",
                                        "/v2/api_keys",
                                        Map.of("name", "only one", "kind", "secret"),
                                        idempotencyKey));

        assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.status() != 201))
                .allSatisfy(answer ->
                        assertThat(answer.code())
                                .isIn("secret_already_shown", "idempotency_in_progress"));
        assertThat(
                        jdbc.sql("select count(*) from credential where name = 'only one'")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void a_revoked_key_opens_nothing_any_more() {
        var made =
                merchant(
                                "POST",
                                "/v2/api_keys",
                                Map.of(
                                        "name",
                                        "lost",
                                        "kind",
                                        "secret",
                                        "ip_allow_list",
                                        List.of("203.0.113.7", "2001:db8::/32")),
                                UUID.randomUUID().toString())
                        .body();
        assertThat(made.path("ip_allow_list").toString()).contains("203.0.113.7/32");

        var revoked =
                merchant(
                        "POST",
                        "/v2/api_keys/" + made.path("id").asString() + ":revoke",
                        null,
                        null);

        assertThat(revoked.body().path("status").asString()).isEqualTo("revoked");
        assertThat(authenticate(made.path("secret").asString()).status()).isEqualTo(401);
        assertThat(
                        merchant(
                                        "POST",
                                        "/v2/api_keys/" + made.path("id").asString() + ":roll",
                                        Map.of("expires_in", "now"),
                                        UUID.randomUUID().toString())
                                .code())
                .isEqualTo("key_not_usable");
    }

    @Test
    void a_key_gives_no_rights_it_does_not_have_and_sees_no_other_mode_or_merchant() {
        var made =
                merchant(
                                "POST",
                                "/v2/api_keys",
                                Map.of("name", "mine", "kind", "secret"),
                                UUID.randomUUID().toString())
                        .body();
        var path = "/v2/api_keys/" + made.path("id").asString();

        assertThat(
                        call(
                                        "POST",
                                        "/v2/api_keys",
                                        Map.of("name", "more", "kind", "secret"),
                                        token(DEMO_MERCHANT, "test", "keys:write"),
                                        UUID.randomUUID().toString())
                                .code())
                .isEqualTo("scope_not_held");
        assertThat(
                        call("GET", path, null, token(DEMO_MERCHANT, "live", "keys:read"), null)
                                .status())
                .isEqualTo(404);
        assertThat(
                        call(
                                        "GET",
                                        path,
                                        null,
                                        token(
                                                "mer_01JD0000000000000000000000",
                                                "test",
                                                "keys:read"),
                                        null)
                                .status())
                .isEqualTo(404);
        assertThat(
                        call("GET", path, null, token(DEMO_MERCHANT, "test", "payments:read"), null)
                                .code())
                .isEqualTo("forbidden_scope");
        assertThat(call("GET", path, null, null, null).status()).isEqualTo(401);
    }

    @Test
    void merchants_are_taken_on_changed_and_suspended_and_each_time_told() {
        var body =
                new HashMap<String, Object>(
                        Map.of(
                                "name",
                                "Otago Wines Limited",
                                "display_name",
                                "Otago Wines",
                                "country",
                                "NZ",
                                "currency",
                                "NZD",
                                "allowed_methods",
                                List.of("wechat"),
                                "registrations",
                                Map.of(
                                        "test",
                                        Map.of(
                                                "wechat",
                                                Map.of(
                                                        "sub_merchant_id",
                                                        "1900000110",
                                                        "category_code",
                                                        "5921")))));
        var taken = service("POST", "/internal/merchants", body);
        var id = taken.body().path("id").asString();
        body.put("display_name", "Otago \uD83C\uDF77");
        assertThat(
                        service("PUT", "/internal/merchants/" + id, body)
                                .body()
                                .path("display_name")
                                .asString())
                .isEqualTo("Otago \uD83C\uDF77");
        body.put("currency", "AUD");
        assertThat(service("PUT", "/internal/merchants/" + id, body).code())
                .isEqualTo("currency_is_fixed");
        assertThat(
                        service("POST", "/internal/merchants/" + id + ":suspend", null)
                                .body()
                                .path("status")
                                .asString())
                .isEqualTo("suspended");
        assertThat(service("POST", "/internal/merchants/" + id + ":suspend", null).status())
                .isEqualTo(200);

        assertThat(
                        jdbc.sql(
                                        "select type || ' ' || version from outbox where subject = ? order by version")
                                .param(id)
                                .query(String.class)
                                .list())
                .containsExactly(
                        "merchant.created 1", "merchant.updated 2", "merchant.suspended 3");
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                Arguments.of("{", 400, "malformed_json"),
                Arguments.of("", 400, "invalid_request"),
                Arguments.of("[]", 400, "invalid_request"),
                Arguments.of(
                        "{\"name\":\"x\",\"kind\":\"secret\",\"surprise\":1}",
                        400,
                        "unknown_field"),
                Arguments.of("{\"kind\":\"secret\"}", 400, "invalid_request"),
                Arguments.of("{\"name\":5,\"kind\":\"secret\"}", 400, "invalid_request"),
                Arguments.of(
                        "{\"name\":\"" + "x".repeat(81) + "\",\"kind\":\"secret\"}",
                        400,
                        "invalid_request"),
                Arguments.of(
                        "{\"name\":\"a\\u0000b\",\"kind\":\"secret\"}", 400, "invalid_request"),
                Arguments.of("{\"name\":\"x\",\"kind\":\"god\"}", 400, "invalid_request"),
                Arguments.of("{\"name\":\"x\",\"kind\":\"restricted\"}", 400, "invalid_request"),
                Arguments.of(
                        "{\"name\":\"x\",\"kind\":\"restricted\",\"scopes\":[\"everything\"]}",
                        400,
                        "invalid_request"),
                Arguments.of(
                        "{\"name\":\"x\",\"kind\":\"restricted\",\"scopes\":[null]}",
                        400,
                        "invalid_request"),
                Arguments.of(
                        "{\"name\":\"x\",\"kind\":\"secret\",\"ip_allow_list\":[\"localhost\"]}",
                        400,
                        "invalid_request"),
                Arguments.of(
                        "{\"name\":\"x\",\"kind\":\"secret\",\"ip_allow_list\":[\"10.0.0.0/33\"]}",
                        400,
                        "invalid_request"),
                Arguments.of(
                        "{\"name\":\"" + "x".repeat(1 << 20) + "\"}", 413, "payload_too_large"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void a_bad_request_is_a_problem_and_stores_nothing(String body, int status, String code) {
        var before = jdbc.sql("select count(*) from credential").query(Long.class).single();
        var answer = merchant("POST", "/v2/api_keys", body, UUID.randomUUID().toString());

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("request_id").asString()).startsWith("req_");
        assertThat(jdbc.sql("select count(*) from credential").query(Long.class).single())
                .isEqualTo(before);
    }

    @Test
    void a_request_without_an_idempotency_key_or_with_a_strange_one_is_refused() {
        assertThat(
                        merchant(
                                        "POST",
                                        "/v2/api_keys",
                                        Map.of("name", "x", "kind", "secret"),
                                        null)
                                .code())
                .isEqualTo("idempotency_key_missing");
        assertThat(
                        merchant(
                                        "POST",
                                        "/v2/api_keys",
                                        Map.of("name", "x", "kind", "secret"),
                                        "k".repeat(65))
                                .code())
                .isEqualTo("idempotency_key_invalid");
        assertThat(merchant("GET", "/v2/api_keys?limit=0", null, null).status()).isEqualTo(400);
        assertThat(merchant("GET", "/v2/api_keys?limit=x", null, null).status()).isEqualTo(400);
        assertThat(merchant("GET", "/v2/api_keys?cursor=drop", null, null).status()).isEqualTo(400);
        assertThat(merchant("DELETE", "/v2/api_keys", null, null).code())
                .isEqualTo("method_not_allowed");
    }

    @Test
    void a_list_is_read_page_by_page() {
        for (var i = 0; i < 3; i++) {
            merchant(
                    "POST",
                    "/v2/api_keys",
                    Map.of("name", "page " + i, "kind", "secret"),
                    UUID.randomUUID().toString());
        }
        var first = merchant("GET", "/v2/api_keys?limit=2", null, null).body();
        var second =
                merchant(
                                "GET",
                                "/v2/api_keys?limit=2&cursor="
                                        + first.path("next_cursor").asString(),
                                null,
                                null)
                        .body();

        assertThat(first.path("data").size()).isEqualTo(2);
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(second.path("data").path(0).path("id").asString())
                .isLessThan(first.path("data").path(1).path("id").asString());
    }

    private Answer merchant(String method, String path, Object body, String idempotencyKey) {
        var all =
                new String[] {
                    "keys:read",
                    "keys:write",
                    "payments:read",
                    "payments:write",
                    "refunds:read",
                    "refunds:write",
                    "webhooks:read",
                    "webhooks:write",
                    "merchant:read",
                    "messages:read",
                    "messages:write",
                    "static_codes:read",
                    "static_codes:write",
                    "devices:read",
                    "devices:write",
                    "exports:read",
                    "exports:write",
                    "balances:read",
                    "withdrawals:read",
                    "withdrawals:write"
                };
        return call(method, path, body, token(DEMO_MERCHANT, "test", all), idempotencyKey);
    }

    private Answer service(String method, String path, Object body) {
        return call(
                method,
                path,
                body,
                sign(
                        "job-service",
                        new JWTClaimsSet.Builder()
                                .subject("job-service")
                                .audience("merchant-service")
                                .claim("typ", "service")),
                null);
    }

    private Answer authenticate(String key) {
        return call(
                "POST",
                "/internal/api-keys:authenticate",
                Map.of("key", key),
                sign(
                        "gateway-service",
                        new JWTClaimsSet.Builder()
                                .subject("gateway-service")
                                .audience("merchant-service")
                                .claim("typ", "service")),
                null);
    }

    private static String token(String merchantId, String mode, String... scopes) {
        return sign(
                "gateway-service",
                new JWTClaimsSet.Builder()
                        .subject(merchantId)
                        .audience("ferrypay")
                        .claim("typ", "merchant")
                        .claim("mode", mode)
                        .claim("key", "key_test")
                        .claim("scopes", List.of(scopes)));
    }

    private static String sign(String issuer, JWTClaimsSet.Builder claims) {
        try {
            var key = ECKey.parse(Files.readString(folder.resolve(issuer + ".jwk")));
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(issuer).build(),
                            claims.issuer(issuer)
                                    .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                    .build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer call(
            String method, String path, Object body, String token, String idempotencyKey) {
        var request =
                RestClient.create("http://localhost:" + port)
                        .method(HttpMethod.valueOf(method))
                        .uri(path)
                        .headers(headers -> {
                            if (token != null) {
                                headers.setBearerAuth(token);
                            }
                            if (idempotencyKey != null) {
                                headers.set("Idempotency-Key", idempotencyKey);
                            }
                        });
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON)
                    .body(
                            body instanceof String text
                                    ? text.getBytes(StandardCharsets.UTF_8)
                                    : json.writeValueAsBytes(body));
        }
        return request.exchange((_, response) -> {
            var text = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(
                    response.getStatusCode().value(),
                    text.startsWith("{") ? json.readTree(text) : json.createObjectNode(),
                    text);
        });
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(times)) {
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        }
    }
}

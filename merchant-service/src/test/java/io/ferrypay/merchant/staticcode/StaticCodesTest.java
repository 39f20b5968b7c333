package io.ferrypay.merchant.staticcode;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.identity.KeyFiles;
import io.ferrypay.testkit.TestPostgres;
import java.io.ByteArrayInputStream;
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
import javax.imageio.ImageIO;
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
        properties = {"eureka.client.enabled=false", "ferry.public-url=https://pay.example/"})
class StaticCodesTest {

    private static final String MERCHANT = "mer_01JD0000000000000000DEM0SH";
    private static final String[] BOTH = {"static_codes:read", "static_codes:write"};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir static Path folder;

    @LocalServerPort private int port;

    @Autowired private JdbcClient jdbc;

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "merchant");
        KeyFiles.generate(folder, List.of("gateway-service", "merchant-service"));
        registry.add(
                "ferry.identity.private-key",
                () -> folder.resolve("merchant-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> folder.resolve("trusted.jwks").toString());
        registry.add("ferry.demo.api-key-file", () -> folder.resolve("demo.key").toString());
    }

    @Test
    void the_demo_shop_has_a_code_and_one_only() {
        var codes =
                jdbc.sql(
                                "select label || ' ' || mode from static_code where merchant_id = ? and label = 'Counter 1'")
                        .param(MERCHANT)
                        .query(String.class)
                        .list();

        assertThat(codes).containsExactly("Counter 1 test");
    }

    @Test
    void a_store_has_a_time_zone_that_exists() {
        var store = post("/v2/stores", store("Pacific/Auckland")).body();

        assertThat(store.path("id").asString()).startsWith("store_");
        assertThat(get("/v2/stores/" + store.path("id").asString()).body()).isEqualTo(store);
        assertThat(post("/v2/stores", store("Middle/Earth")).code()).isEqualTo("invalid_request");
        assertThat(post("/v2/stores", store("+13:00")).code()).isEqualTo("invalid_request");
        assertThat(get("/v2/stores").body().path("data").path(0).path("object").asString())
                .isEqualTo("store");
    }

    @Test
    void a_code_has_a_short_link_and_a_serial_and_everybody_is_told() {
        var made = newCode(Map.of("min_amount", "0.10", "max_amount", "2000.00"));

        assertThat(made.path("url").asString())
                .matches("https://pay\\.example/s/[2-9a-hjkmnp-z]{12}");
        assertThat(made.path("serial").asString()).matches("S-[2-9A-HJKMNP-Z]{5}-01");
        assertThat(made.path("status").asString()).isEqualTo("active");
        assertThat(made.path("amount").isNull()).isTrue();
        assertThat(made.path("min_amount").asString()).isEqualTo("0.10");
        var told = lastTold(made);
        assertThat(told.path("static_code_id")).isEqualTo(made.path("id"));
        assertThat("https://pay.example/s/" + told.path("link").asString())
                .isEqualTo(made.path("url").asString());
        assertThat(told.path("time_zone").asString()).isEqualTo("Pacific/Auckland");
        assertThat(told.path("merchant_id").asString()).isEqualTo(MERCHANT);
        assertThat(told.path("livemode").asBoolean()).isFalse();
        assertThat(told.path("max_amount").asString()).isEqualTo("2000.00");
        assertThat(told.path("status").asString()).isEqualTo("active");
        assertThat(get(path(made)).body()).isEqualTo(made);
    }

    @Test
    void both_pictures_lead_a_scanner_to_the_page() throws Exception {
        var made = newCode(Map.of("amount", "4.50"));

        var png = bytes(path(made) + "/qr.png");
        var svg = new String(bytes(path(made) + "/qr.svg"), StandardCharsets.UTF_8);

        var image = ImageIO.read(new ByteArrayInputStream(png));
        var pixels =
                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(scan(image.getWidth(), image.getHeight(), pixels))
                .isEqualTo(made.path("url").asString());
        var modules = svg.replaceFirst("(?s).*viewBox=\"0 0 ([0-9]+) .*", "$1");
        assertThat(scan(svg, Integer.parseInt(modules))).isEqualTo(made.path("url").asString());
    }

    @Test
    void a_rotated_code_has_another_link_and_serial_and_a_repeat_rotates_no_more() {
        var made = newCode(Map.of());
        var key = UUID.randomUUID().toString();

        var rotated = call("POST", path(made) + ":rotate", null, BOTH, key).body();
        var again = call("POST", path(made) + ":rotate", null, BOTH, key).body();

        assertThat(rotated.path("url")).isNotEqualTo(made.path("url"));
        assertThat(rotated.path("serial").asString())
                .isEqualTo(made.path("serial").asString().replace("-01", "-02"));
        assertThat(again).isEqualTo(rotated);
        assertThat(typesTold(made))
                .containsExactly("static_code.created 1", "static_code.rotated 2");
        assertThat(
                        jdbc.sql("select count(*) from static_code_link where static_code_id = ?")
                                .param(made.path("id").asString())
                                .query(Long.class)
                                .single())
                .isEqualTo(2);
    }

    @Test
    void a_disabled_code_stays_so_and_is_not_printed() {
        var made = newCode(Map.of());

        assertThat(post(path(made) + ":disable", null).body().path("status").asString())
                .isEqualTo("disabled");
        assertThat(post(path(made) + ":disable", null).status()).isEqualTo(200);
        assertThat(post(path(made) + ":rotate", null).code()).isEqualTo("static_code_disabled");
        assertThat(put(path(made) + "/limits", Map.of()).code()).isEqualTo("static_code_disabled");
        assertThat(get(path(made) + "/qr.svg").code()).isEqualTo("static_code_disabled");
        assertThat(typesTold(made))
                .containsExactly("static_code.created 1", "static_code.disabled 2");
    }

    @Test
    void limits_can_be_changed_and_a_fixed_amount_can_not() {
        var free = newCode(Map.of("min_amount", "1.00", "max_amount", "2.00"));

        var changed = put(path(free) + "/limits", Map.of("daily_limit", "500.00")).body();

        assertThat(changed.path("min_amount").isNull()).isTrue();
        assertThat(changed.path("daily_limit").asString()).isEqualTo("500.00");
        assertThat(lastTold(free).path("daily_limit").asString()).isEqualTo("500.00");
        assertThat(lastTold(free).path("max_amount").isNull()).isTrue();
        assertThat(typesTold(free)).endsWith("static_code.updated 2");
        var fixed = newCode(Map.of("amount", "4.50"));
        assertThat(put(path(fixed) + "/limits", Map.of("min_amount", "1.00")).code())
                .isEqualTo("invalid_request");
        assertThat(put(path(fixed) + "/limits", Map.of("amount", "1.00")).code())
                .isEqualTo("unknown_field");
        assertThat(put(path(fixed) + "/limits", Map.of("daily_limit", "4.49")).code())
                .isEqualTo("invalid_request");
        assertThat(get(path(fixed)).body()).isEqualTo(fixed);
    }

    @Test
    void twenty_hands_with_one_idempotency_key_make_one_code() throws Exception {
        var wanted = wanted(Map.of("label", "Only one"));
        var key = UUID.randomUUID().toString();

        var answers = atOnce(20, () -> call("POST", "/v2/static_codes", wanted, BOTH, key));

        assertThat(answers)
                .allSatisfy(answer ->
                        assertThat(
                                        answer.status() == 201
                                                || answer.code().equals("idempotency_in_progress"))
                                .isTrue());
        var repeat = call("POST", "/v2/static_codes", wanted, BOTH, key);
        assertThat(repeat.status()).isEqualTo(201);
        assertThat(
                        answers.stream()
                                .filter(answer -> answer.status() == 201)
                                .map(answer -> answer.body().path("id").asString())
                                .distinct())
                .containsExactly(repeat.body().path("id").asString());
        assertThat(
                        jdbc.sql("select count(*) from static_code where label = 'Only one'")
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        assertThat(
                        call(
                                        "POST",
                                        "/v2/static_codes",
                                        wanted(Map.of("label", "Another")),
                                        BOTH,
                                        key)
                                .code())
                .isEqualTo("idempotency_mismatch");
    }

    @Test
    void nobody_else_sees_a_code_and_nobody_without_the_right_changes_it() {
        var made = newCode(Map.of());

        for (var stranger :
                List.of(
                        token("mer_01JD0000000000000000000000", "test", BOTH),
                        token(MERCHANT, "live", BOTH))) {
            assertThat(send("GET", path(made), null, stranger, null).status()).isEqualTo(404);
            assertThat(send("POST", path(made) + ":disable", null, stranger, null).status())
                    .isEqualTo(404);
            assertThat(
                            send(
                                            "POST",
                                            path(made) + ":rotate",
                                            null,
                                            stranger,
                                            "k1" + stranger.hashCode())
                                    .status())
                    .isEqualTo(404);
            assertThat(send("PUT", path(made) + "/limits", Map.of(), stranger, null).status())
                    .isEqualTo(404);
            assertThat(send("GET", path(made) + "/qr.svg", null, stranger, null).status())
                    .isEqualTo(404);
            assertThat(
                            send(
                                            "POST",
                                            "/v2/static_codes",
                                            Map.of(
                                                    "store",
                                                    made.path("store").asString(),
                                                    "label",
                                                    "x",
                                                    "currency",
                                                    "NZD"),
                                            stranger,
                                            UUID.randomUUID().toString())
                                    .code())
                    .isEqualTo("unknown_store");
        }
        var reader = new String[] {"static_codes:read"};
        assertThat(call("POST", path(made) + ":disable", null, reader, null).code())
                .isEqualTo("forbidden_scope");
        assertThat(call("POST", path(made) + ":rotate", null, reader, "k").code())
                .isEqualTo("forbidden_scope");
        assertThat(call("PUT", path(made) + "/limits", Map.of(), reader, null).code())
                .isEqualTo("forbidden_scope");
        assertThat(call("POST", "/v2/static_codes", wanted(Map.of()), reader, "k").code())
                .isEqualTo("forbidden_scope");
        assertThat(call("POST", "/v2/stores", store("Asia/Shanghai"), reader, "k").code())
                .isEqualTo("forbidden_scope");
        var none = new String[] {"payments:read"};
        for (var read : List.of("", "/qr.svg", "/qr.png")) {
            assertThat(call("GET", path(made) + read, null, none, null).code())
                    .isEqualTo("forbidden_scope");
        }
        assertThat(call("GET", "/v2/static_codes", null, none, null).code())
                .isEqualTo("forbidden_scope");
        assertThat(call("GET", "/v2/stores", null, none, null).code()).isEqualTo("forbidden_scope");
        assertThat(get(path(made)).body().path("status").asString()).isEqualTo("active");
    }

    static Stream<Arguments> badCodes() {
        return Stream.of(
                Arguments.of(Map.of("currency", "AUD"), 422, "currency_not_accepted"),
                Arguments.of(Map.of("currency", "XXZ", "amount", "1.00"), 400, "invalid_request"),
                Arguments.of(
                        Map.of("store", "store_01JD0000000000000000000000"), 422, "unknown_store"),
                Arguments.of(Map.of("store", "nowhere"), 400, "invalid_request"),
                Arguments.of(Map.of("amount", "0.00"), 400, "invalid_request"),
                Arguments.of(Map.of("amount", "-1.00"), 400, "invalid_request"),
                Arguments.of(Map.of("amount", "1.005"), 400, "invalid_request"),
                Arguments.of(Map.of("amount", 5), 400, "invalid_request"),
                Arguments.of(Map.of("amount", "1000000000.00"), 400, "invalid_request"),
                Arguments.of(
                        Map.of("amount", "5.00", "min_amount", "1.00"), 400, "invalid_request"),
                Arguments.of(
                        Map.of("amount", "5.00", "max_amount", "9.00"), 400, "invalid_request"),
                Arguments.of(
                        Map.of("min_amount", "2.00", "max_amount", "1.99"), 400, "invalid_request"),
                Arguments.of(
                        Map.of("amount", "5.00", "daily_limit", "4.99"), 400, "invalid_request"),
                Arguments.of(Map.of("label", ""), 400, "invalid_request"),
                Arguments.of(Map.of("label", "a\u0000b"), 400, "invalid_request"),
                Arguments.of(Map.of("link", "abc"), 400, "unknown_field"));
    }

    @ParameterizedTest
    @MethodSource("badCodes")
    void a_bad_code_is_a_problem_and_stores_nothing(
            Map<String, Object> wrong, int status, String code) {
        var wanted = wanted(wrong);
        var before = jdbc.sql("select count(*) from static_code").query(Long.class).single();

        var answer = post("/v2/static_codes", wanted);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(jdbc.sql("select count(*) from static_code").query(Long.class).single())
                .isEqualTo(before);
    }

    @Test
    void a_store_that_changes_takes_its_codes_with_it_and_one_that_closes_ends_them() {
        var made = newCode(Map.of());
        var disabled = newCode(Map.of("store", made.path("store").asString()));
        post(path(disabled) + ":disable", null);
        var store = "/v2/stores/" + made.path("store").asString();
        var closer = new String[] {"static_codes:read", "static_codes:write", "devices:write"};

        var changed =
                call(
                        "PATCH",
                        store,
                        Map.of("name", "Pier 4", "time_zone", "Australia/Perth"),
                        BOTH,
                        null);

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(changed.body().path("address").asString()).isEqualTo("1 Quay Street");
        assertThat(changed.body().path("status").asString()).isEqualTo("open");
        assertThat(lastTold(made).path("store_name").asString()).isEqualTo("Pier 4");
        assertThat(lastTold(made).path("time_zone").asString()).isEqualTo("Australia/Perth");
        assertThat(call("PATCH", store, Map.of("name", "Pier 4"), BOTH, null).status())
                .isEqualTo(200);
        assertThat(call("PATCH", store, Map.of("name", " "), BOTH, null).code())
                .isEqualTo("invalid_request");
        assertThat(call("PATCH", store, Map.of("time_zone", "+13:00"), BOTH, null).code())
                .isEqualTo("invalid_request");
        assertThat(typesTold(made))
                .containsExactly("static_code.created 1", "static_code.updated 2");
        assertThat(call("POST", store + ":close", null, BOTH, null).code())
                .isEqualTo("forbidden_scope");

        var closed = call("POST", store + ":close", null, closer, null);

        assertThat(closed.body().path("status").asString()).as(closed.text()).isEqualTo("closed");
        assertThat(call("POST", store + ":close", null, closer, null).body())
                .isEqualTo(closed.body());
        assertThat(typesTold(changed.body()))
                .containsExactly("store.created 1", "store.updated 2", "store.closed 3");
        assertThat(lastTold(changed.body()).path("status").asString()).isEqualTo("closed");
        assertThat(typesTold(made)).endsWith("static_code.disabled 3");
        assertThat(lastTold(made).path("status").asString()).isEqualTo("disabled");
        assertThat(typesTold(disabled)).endsWith("static_code.disabled 2");
        assertThat(get(path(made)).body().path("status").asString()).isEqualTo("disabled");
        assertThat(call("PATCH", store, Map.of("name", "Pier 5"), BOTH, null).code())
                .isEqualTo("store_closed");
        assertThat(
                        post(
                                        "/v2/static_codes",
                                        wanted(Map.of("store", made.path("store").asString())))
                                .code())
                .isEqualTo("store_closed");
    }

    @Test
    void a_code_made_while_its_store_closes_is_none_or_ends_with_it() throws Exception {
        var closer = new String[] {"static_codes:read", "static_codes:write", "devices:write"};
        for (var round = 0; round < 5; round++) {
            var store = post("/v2/stores", store("Pacific/Auckland")).body().path("id").asString();
            var wanted = wanted(Map.of("store", store));
            var first = new java.util.concurrent.atomic.AtomicInteger();

            atOnce(
                    4,
                    () ->
                            first.getAndIncrement() == 1
                                    ? call(
                                            "POST",
                                            "/v2/stores/" + store + ":close",
                                            null,
                                            closer,
                                            null)
                                    : post("/v2/static_codes", wanted));

            assertThat(
                            jdbc.sql(
                                            "select count(*) from static_code where store_id = ? and status = 'active'")
                                    .param(store)
                                    .query(Long.class)
                                    .single())
                    .isZero();
        }
    }

    @Test
    void a_list_is_read_page_by_page() {
        for (var i = 0; i < 3; i++) {
            newCode(Map.of());
        }

        var first = get("/v2/static_codes?limit=2").body();
        var second =
                get("/v2/static_codes?limit=2&cursor=" + first.path("next_cursor").asString())
                        .body();

        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(first.path("data").size()).isEqualTo(2);
        assertThat(second.path("data").path(0).path("id").asString())
                .isLessThan(first.path("data").path(1).path("id").asString());
        assertThat(get("/v2/static_codes?cursor=drop").status()).isEqualTo(400);
    }

    private static String scan(String svg, int modules) throws Exception {
        var scale = 4;
        var width = modules * scale;
        var pixels = new int[width * width];
        java.util.Arrays.fill(pixels, 0xffffff);
        var squares = java.util.regex.Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
        while (squares.find()) {
            var left = Integer.parseInt(squares.group(1)) * scale;
            var top = Integer.parseInt(squares.group(2)) * scale;
            assertThat(Math.min(left, top)).as("a quiet zone").isGreaterThanOrEqualTo(4 * scale);
            for (var y = top; y < top + scale; y++) {
                java.util.Arrays.fill(pixels, y * width + left, y * width + left + scale, 0);
            }
        }
        return scan(width, width, pixels);
    }

    /**
     * Reads what was drawn, module by module. ZXing's search for a code in a photograph misses one
     * of some hundred and twenty links, however clean its picture, and is not what is tried here.
     */
    private static String scan(int width, int height, int[] pixels) throws Exception {
        var picture =
                new BinaryBitmap(
                        new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        var read =
                new QRCodeReader()
                        .decode(
                                picture,
                                Map.of(com.google.zxing.DecodeHintType.PURE_BARCODE, Boolean.TRUE));
        assertThat(read.getResultMetadata())
                .containsEntry(com.google.zxing.ResultMetadataType.ERROR_CORRECTION_LEVEL, "M");
        return read.getText();
    }

    private JsonNode lastTold(JsonNode code) {
        return JSON.readTree(
                jdbc.sql("select data from outbox where subject = ? order by version desc limit 1")
                        .param(code.path("id").asString())
                        .query(String.class)
                        .single());
    }

    private List<String> typesTold(JsonNode code) {
        return jdbc.sql(
                        "select type || ' ' || version from outbox where subject = ? order by version")
                .param(code.path("id").asString())
                .query(String.class)
                .list();
    }

    private JsonNode newCode(Map<String, Object> more) {
        var made = post("/v2/static_codes", wanted(more));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.body();
    }

    private Map<String, Object> wanted(Map<String, Object> more) {
        var wanted = new HashMap<String, Object>();
        wanted.put(
                "store",
                post("/v2/stores", store("Pacific/Auckland")).body().path("id").asString());
        wanted.put("label", "Counter 2");
        wanted.put("currency", "NZD");
        wanted.putAll(more);
        return wanted;
    }

    private static Map<String, Object> store(String timeZone) {
        return Map.of("name", "Wharf", "address", "1 Quay Street", "time_zone", timeZone);
    }

    private static String path(JsonNode code) {
        return "/v2/static_codes/" + code.path("id").asString();
    }

    record Answer(int status, JsonNode body, String text) {

        String code() {
            return body.path("code").asString("");
        }
    }

    private Answer get(String path) {
        return call("GET", path, null, BOTH, null);
    }

    private Answer post(String path, Object body) {
        return call("POST", path, body, BOTH, UUID.randomUUID().toString());
    }

    private Answer put(String path, Object body) {
        return call("PUT", path, body, BOTH, null);
    }

    private Answer call(String method, String path, Object body, String[] scopes, String key) {
        return send(method, path, body, token(MERCHANT, "test", scopes), key);
    }

    private Answer send(String method, String path, Object body, String token, String key) {
        var request =
                RestClient.create("http://localhost:" + port)
                        .method(HttpMethod.valueOf(method))
                        .uri(path)
                        .headers(headers -> {
                            headers.setBearerAuth(token);
                            if (key != null) {
                                headers.set("Idempotency-Key", key);
                            }
                        });
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body));
        }
        return request.exchange((_, response) -> {
            var text = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(
                    response.getStatusCode().value(),
                    text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode(),
                    text);
        });
    }

    private byte[] bytes(String path) {
        return RestClient.create("http://localhost:" + port)
                .get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token(MERCHANT, "test", BOTH)))
                .exchange((_, response) -> response.getBody().readAllBytes());
    }

    private static String token(String merchantId, String mode, String... scopes) {
        try {
            var key = ECKey.parse(Files.readString(folder.resolve("gateway-service.jwk")));
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID("gateway-service")
                                    .build(),
                            new JWTClaimsSet.Builder()
                                    .subject(merchantId)
                                    .audience("ferrypay")
                                    .issuer("gateway-service")
                                    .claim("typ", "merchant")
                                    .claim("mode", mode)
                                    .claim("key", "key_test")
                                    .claim("scopes", List.of(scopes))
                                    .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                    .build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
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

package io.ferrypay.paymentchannel.payment.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a problem with a stable code, and nothing is stored. */
class BadInputTest extends RunningServiceTest {

    private static final String GOOD =
            """
            {"merchant_reference":"ORDER-1","amount":"120.00","currency":"NZD",\
            "product_name":"Honey","return_url":"https://shop.example/done"}\
            """;

    @ParameterizedTest(name = "{0} = {1} → {2} at {3}")
    @MethodSource("bad_fields")
    void a_bad_field_is_named(String field, String json, String code, String pointer, String why) {
        var body = with(field, json);

        var answer = create(anyKey(), body);

        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        var problem = JSON.readTree(answer.body());
        assertThat(problem.path("code").asString()).as(answer.body()).isEqualTo(code);
        assertThat(problem.path("request_id").asString()).startsWith("req_");
        assertThat(problem.path("errors").valueStream().map(e -> e.path("pointer").asString()))
                .as(answer.body())
                .contains(pointer);
        assertThat(problem.path("errors").valueStream().map(e -> e.path("code").asString()))
                .as(answer.body())
                .contains(why);
        assertNothingStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"return_url", "cancel_url", "notify_url"})
    void live_addresses_are_encrypted_and_test_addresses_need_not_be(String field) {
        var body = with(field, "\"HTTP://shop.example/x\"");
        var live =
                TestTokens.merchant(merchant, "live", List.of("payments:read", "payments:write"));

        var refused =
                send(
                        request("/v2/payments", live).header("Idempotency-Key", anyKey()),
                        "POST",
                        body);

        assertThat(refused.statusCode()).isEqualTo(400);
        var error = JSON.readTree(refused.body()).path("errors").path(0);
        assertThat(error.path("pointer").asString()).isEqualTo("/" + field);
        assertThat(error.path("code").asString()).isEqualTo("https_required");
        assertNothingStored();
        assertThat(create(anyKey(), body).statusCode()).isEqualTo(201);
    }

    static Stream<Arguments> bad_fields() {
        var manyKeys =
                IntStream.range(0, 21)
                        .mapToObj(i -> "\"k" + i + "\":\"v\"")
                        .collect(Collectors.joining(",", "{", "}"));
        return Stream.of(
                bad("merchant_reference", null, "/merchant_reference", "required"),
                bad("merchant_reference", "null", "/merchant_reference", "required"),
                bad("merchant_reference", "\"\"", "/merchant_reference", "wrong_format"),
                bad("merchant_reference", "\"a b\"", "/merchant_reference", "wrong_format"),
                bad("merchant_reference", "\"订单\"", "/merchant_reference", "wrong_format"),
                bad("merchant_reference", "\"😀\"", "/merchant_reference", "wrong_format"),
                bad("merchant_reference", text(65), "/merchant_reference", "wrong_format"),
                bad("merchant_reference", "5", "/merchant_reference", "wrong_type"),
                bad("merchant_reference", "[]", "/merchant_reference", "wrong_type"),
                bad("amount", null, "/amount", "required"),
                bad("amount", "120.00", "/amount", "wrong_type"),
                bad("amount", "12000", "/amount", "wrong_type"),
                bad("amount", "true", "/amount", "wrong_type"),
                bad("amount", "\"\"", "/amount", "wrong_format"),
                bad("amount", "\"-1.00\"", "/amount", "wrong_format"),
                bad("amount", "\"+1.00\"", "/amount", "wrong_format"),
                bad("amount", "\"1e3\"", "/amount", "wrong_format"),
                bad("amount", "\"1,000.00\"", "/amount", "wrong_format"),
                bad("amount", "\" 1.00\"", "/amount", "wrong_format"),
                bad("amount", "\"NaN\"", "/amount", "wrong_format"),
                bad("amount", "\"１.00\"", "/amount", "wrong_format"),
                bad("amount", "\"0.00\"", "/amount", "too_small"),
                bad("amount", "\"0\"", "/amount", "too_small"),
                bad("amount", "\"1.000\"", "/amount", "wrong_decimals"),
                bad("amount", "\"1.5\"", "/amount", "wrong_decimals"),
                bad("amount", "\"1000000000.00\"", "/amount", "too_large"),
                bad("amount", "\"" + "9".repeat(400) + "\"", "/amount", "too_large"),
                bad("currency", null, "/currency", "required"),
                bad("currency", "\"XXZ\"", "/currency", "unknown_currency"),
                bad("currency", "\"nzd\"", "/currency", "unknown_currency"),
                bad("currency", "\"\"", "/currency", "unknown_currency"),
                bad("currency", "554", "/currency", "wrong_type"),
                Arguments.of(
                        "currency",
                        "\"AUD\"",
                        "currency_not_accepted",
                        "/currency",
                        "not_accepted"),
                bad("product_name", null, "/product_name", "required"),
                bad("product_name", "\"\"", "/product_name", "required"),
                bad("product_name", "\"  \"", "/product_name", "required"),
                bad("product_name", text(128), "/product_name", "too_long"),
                bad("product_name", "\"a\\u0000b\"", "/product_name", "invalid_characters"),
                bad("product_name", "\"a\\ud800b\"", "/product_name", "invalid_characters"),
                bad("description", text(501), "/description", "too_long"),
                bad("return_url", null, "/return_url", "required"),
                bad("return_url", "\"shop.example\"", "/return_url", "invalid_url"),
                bad("return_url", "\"javascript:alert(1)\"", "/return_url", "invalid_url"),
                bad("return_url", "\"https://\"", "/return_url", "invalid_url"),
                bad("return_url", "\"https://a:b@shop.example/\"", "/return_url", "invalid_url"),
                bad("return_url", "\"https://shop.example/ x\"", "/return_url", "invalid_url"),
                bad(
                        "return_url",
                        "\"https://shop.example/" + "x".repeat(2048) + "\"",
                        "/return_url",
                        "too_long"),
                bad("cancel_url", "\"ftp://shop.example/\"", "/cancel_url", "invalid_url"),
                bad("notify_url", "\"file:///etc/passwd\"", "/notify_url", "invalid_url"),
                bad("expires_in", "59", "/expires_in", "too_small"),
                bad("expires_in", "-1", "/expires_in", "too_small"),
                bad("expires_in", "7201", "/expires_in", "too_large"),
                bad("expires_in", "\"900\"", "/expires_in", "wrong_type"),
                bad("expires_in", "900.5", "/expires_in", "wrong_type"),
                bad("locale", "\"fr\"", "/locale", "not_allowed"),
                bad("allowed_methods", "[]", "/allowed_methods", "required"),
                bad("allowed_methods", "[\"paypal\"]", "/allowed_methods/0", "not_allowed"),
                bad("allowed_methods", "[null]", "/allowed_methods/0", "not_allowed"),
                bad("allowed_methods", "\"wechat\"", "/allowed_methods", "wrong_type"),
                bad("payer", "{\"ip\":\"here\"}", "/payer/ip", "wrong_format"),
                bad("payer", "{\"email\":\"a\"}", "/payer/email", "wrong_format"),
                bad("payer", "{\"user_agent\":" + text(513) + "}", "/payer/user_agent", "too_long"),
                bad("payer", "\"me\"", "/payer", "wrong_type"),
                bad("metadata", manyKeys, "/metadata", "too_many"),
                bad("metadata", "{\"\":\"v\"}", "/metadata", "invalid_key"),
                bad("metadata", "{" + text(41) + ":\"v\"}", "/metadata", "invalid_key"),
                bad("metadata", "{\"k\":" + text(501) + "}", "/metadata/k", "too_long"),
                bad("metadata", "{\"k\":null}", "/metadata/k", "required"),
                bad("metadata", "{\"k\":5}", "/metadata/k", "wrong_type"),
                bad("metadata", "{\"k\":{}}", "/metadata/k", "wrong_type"),
                bad("metadata", "[]", "/metadata", "wrong_type"),
                Arguments.of("amonut", "\"1.00\"", "unknown_field", "/amonut", "unknown"),
                Arguments.of(
                        "payer", "{\"name\":\"Li\"}", "unknown_field", "/payer/name", "unknown"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                   | 400 | invalid_request
                    {                                    | 400 | malformed_json
                    {"amount":"1.00",}                   | 400 | malformed_json
                    {"amount":"1.00","amount":"2.00"}    | 400 | malformed_json
                    {} {}                                | 400 | invalid_request
                    {'amount':'1.00'}                    | 400 | malformed_json
                    NaN                                  | 400 | malformed_json
                    <xml/>                               | 400 | malformed_json
                    null                                 | 400 | invalid_request
                    []                                   | 400 | invalid_request
                    "text"                               | 400 | invalid_request
                    5                                    | 400 | invalid_request
                    {}                                   | 400 | invalid_request
                    """)
    void a_bad_body_is_refused(String body, int status, String code) {
        var answer = create(anyKey(), body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(codeOf(answer)).as(answer.body()).isEqualTo(code);
        assertNothingStored();
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        var request =
                request("/v2/payments", token())
                        .header("Idempotency-Key", anyKey())
                        .POST(
                                BodyPublishers.ofByteArray(
                                        new byte[] {'{', '"', (byte) 0xC3, '"', '}'}));

        var answer = sendBuilt(request);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(codeOf(answer)).isEqualTo("malformed_json");
    }

    @Test
    void deep_nesting_is_refused() {
        var answer = create(anyKey(), with("metadata", "[".repeat(5000) + "]".repeat(5000)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertNothingStored();
    }

    @Test
    void a_megabyte_is_too_much() {
        var announced = create(anyKey(), with("description", text(1 << 20)));
        var chunked =
                sendBuilt(
                        request("/v2/payments", token())
                                .header("Idempotency-Key", anyKey())
                                .POST(
                                        BodyPublishers.ofInputStream(() ->
                                                new java.io.ByteArrayInputStream(
                                                        with("description", text(1 << 20))
                                                                .getBytes(
                                                                        java.nio.charset
                                                                                .StandardCharsets
                                                                                .UTF_8)))));

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(codeOf(announced)).isEqualTo("payload_too_large");
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertNothingStored();
    }

    @Test
    void another_content_type_is_refused() {
        var request =
                HttpRequest.newBuilder(request("/v2/payments", token()).build().uri())
                        .header("Authorization", "Bearer " + token())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Idempotency-Key", anyKey())
                        .POST(BodyPublishers.ofString("amount=1.00"));

        var answer = sendBuilt(request);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(codeOf(answer)).isEqualTo("unsupported_media_type");
    }

    @Test
    void an_idempotency_key_is_needed_and_checked() {
        var missing = post("/v2/payments", GOOD);
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(codeOf(missing)).isEqualTo("idempotency_key_missing");
        for (var key : List.of("a".repeat(65), "a b")) {
            assertThat(codeOf(create(key, GOOD))).isEqualTo("idempotency_key_invalid");
        }
        assertNothingStored();
    }

    @Test
    void a_stranger_and_a_reader_may_not_create() {
        assertThat(send(request("/v2/payments", null), "POST", GOOD).statusCode()).isEqualTo(401);
        var reader = TestTokens.merchant(merchant, "test", List.of("payments:read"));
        var answer =
                send(
                        request("/v2/payments", reader).header("Idempotency-Key", anyKey()),
                        "POST",
                        GOOD);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(codeOf(answer)).isEqualTo("forbidden_scope");
        assertNothingStored();
    }

    @Test
    void emoji_are_welcome_where_text_is_shown() {
        var answer = create(anyKey(), with("product_name", "\"Honey 🍯 蜂蜜\""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(JSON.readTree(answer.body()).path("product_name").asString())
                .isEqualTo("Honey 🍯 蜂蜜");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?limit=0",
                "?limit=101",
                "?limit=-1",
                "?limit=ten",
                "?limit=1.5",
                "?limit=",
                "?cursor=",
                "?cursor=x",
                "?cursor=%F0%9F%98%80",
                "?cursor=MTpwYXlfeA",
                "?status=payed",
                "?status=",
                "?created_gte=yesterday",
                "?created_lt=2026-13-01T00:00:00Z",
                "?created_gte=-999999999-01-01T00:00:00Z",
                "?merchant_reference=a%20b",
                "?merchant_reference=%00"
            })
    void a_bad_list_query_is_refused(String query) {
        var answer = get("/v2/payments" + query);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(codeOf(answer)).isEqualTo("invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pay_",
                "pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB",
                "x",
                "1",
                "%F0%9F%98%80",
                "'%20or%201=1--",
                "by-reference"
            })
    void no_such_payment_is_not_found(String id) {
        var path = "/v2/payments/" + id;

        assertThat(codeOf(get(path))).isEqualTo("not_found");
        assertThat(codeOf(post(path + ":cancel", ""))).isEqualTo("not_found");
        assertThat(codeOf(post(path + ":reissue_nonce", ""))).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pay_%00", "pay_1;x=1", "..%2f..%2factuator", "%2e%2e"})
    void paths_that_try_something_get_nowhere(String id) {
        assertThat(get("/v2/payments/" + id).statusCode()).isBetween(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "26", "x", "1.5", ""})
    void a_bad_wait_is_refused(String wait) {
        var answer = get("/v2/payments/pay_01JDC3VZ6Q8S7M2K4T9R5XN1AB?wait=" + wait);

        assertThat(codeOf(answer)).isEqualTo("invalid_request");
    }

    @Test
    void methods_and_paths_we_do_not_have_are_problems_too() {
        assertThat(codeOf(send(request("/v2/payments", token()), "DELETE", "")))
                .isEqualTo("method_not_allowed");
        assertThat(codeOf(get("/v2/payments/x/y"))).isEqualTo("not_found");
    }

    private java.net.http.HttpResponse<String> sendBuilt(HttpRequest.Builder request) {
        try {
            return java.net.http.HttpClient.newHttpClient()
                    .send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertNothingStored() {
        for (var table : List.of("payment", "idempotency_key")) {
            assertThat(
                            jdbc.sql("select count(*) from " + table + " where merchant_id = ?")
                                    .param(merchant)
                                    .query(Long.class)
                                    .single())
                    .as(table)
                    .isZero();
        }
        assertThat(
                        jdbc.sql("select count(*) from outbox where data like ?")
                                .param("%" + merchant + "%")
                                .query(Long.class)
                                .single())
                .isZero();
    }

    private static Arguments bad(String field, String json, String pointer, String why) {
        return Arguments.of(field, json, "invalid_request", pointer, why);
    }

    private static String text(int length) {
        return "\"" + "x".repeat(length) + "\"";
    }

    private static String with(String field, String json) {
        var body = JSON.readTree(GOOD).asObject();
        body.remove(field);
        var text = body.toString();
        return json == null
                ? text
                : text.substring(0, text.length() - 1) + ",\"" + field + "\":" + json + "}";
    }
}

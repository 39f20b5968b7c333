package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input through the public door: always a problem with a code, never a stored row. */
@Isolated
class BadInputTest {

    private final RunningPlatform platform = new RunningPlatform();

    static Stream<Arguments> badOrders() {
        return Stream.of(
                Arguments.of("amount", null, 400),
                Arguments.of("amount", "-1.00", 400),
                Arguments.of("amount", "0.00", 400),
                Arguments.of("amount", "1.005", 400),
                Arguments.of("amount", "1e3", 400),
                Arguments.of("amount", "99999999999999999999.00", 400),
                Arguments.of("amount", 120, 400),
                Arguments.of("currency", "XXQ", 400),
                Arguments.of("currency", "nzd", 400),
                Arguments.of("merchant_reference", "x".repeat(65), 400),
                Arguments.of("merchant_reference", "", 400),
                Arguments.of("merchant_reference", "tea \uD83C\uDF75", 400),
                Arguments.of("product_name", "x".repeat(128), 400),
                Arguments.of("return_url", "javascript:alert(1)", 400),
                Arguments.of("expires_in", 5, 400),
                Arguments.of("expires_in", "900", 400),
                Arguments.of("surprise", true, 400));
    }

    @ParameterizedTest
    @MethodSource("badOrders")
    void a_bad_order_is_refused_with_a_code_and_not_stored(String field, Object value, int status) {
        var before = payments();
        var order =
                new LinkedHashMap<>(RunningPlatform.order(RunningPlatform.newReference(), null));
        order.remove(field);
        if (value != null) {
            order.put(field, value);
        }
        var answer = platform.shop("POST", "/v2/payments", order);

        assertThat(answer.status()).isIn(status, 422);
        assertProblem(answer);
        assertThat(payments()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"text\"", "{\"amount\":}"})
    void a_body_that_is_no_order_is_refused(String body) {
        var answer = platform.shop("POST", "/v2/payments", body);

        assertThat(answer.status()).isEqualTo(400);
        assertProblem(answer);
    }

    @Test
    void a_megabyte_is_refused() {
        var answer =
                platform.shop(
                        "POST",
                        "/v2/payments",
                        "{\"product_name\":\"" + "x".repeat(1 << 20) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertProblem(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/events",
                "/internal/jobs/query-pending-payments",
                "/actuator/health",
                "/actuator/env",
                "/v2/payments/..;/internal/events",
                "/v2//internal/events",
                "/v2/payments/%2e%2e/%2e%2e/internal/events",
                "//internal/events",
                "/%69nternal/events",
                "/eureka/apps"
            })
    void what_is_inside_is_not_reachable_from_outside(String path) {
        var answer = platform.shop("GET", path, null);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body().toString())
                .doesNotContain("\"events\"")
                .doesNotContain("\"status\":\"UP\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer sk_test_0000000000000000000000000000000000000000",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Basic YTpi"
            })
    void without_a_good_key_nothing_is_told(String authorization) {
        var headers =
                authorization.isEmpty()
                        ? Map.<String, String>of()
                        : Map.of("Authorization", authorization);

        var answer = platform.anyone("GET", "/v2/payments", null, headers);

        assertThat(answer.status()).isEqualTo(401);
        assertProblem(answer);
    }

    @Test
    void a_wrong_page_address_does_not_say_why_it_is_wrong() {
        var answer = platform.shopper("GET", "/checkout/n" + "0".repeat(64), null);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("unknown_payment_link");
    }

    private long payments() {
        return platform.count("payment_channel", "select count(*) from payment");
    }

    private static void assertProblem(RunningPlatform.Answer answer) {
        assertThat(answer.contentType()).contains("application/problem+json");
        assertThat(answer.code()).matches("[a-z_]+");
        assertThat(answer.body().path("request_id").asString()).isNotBlank();
        assertThat(answer.body().toString())
                .doesNotContainIgnoringCase("exception")
                .doesNotContain("io.ferrypay");
    }
}

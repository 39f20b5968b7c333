package io.ferrypay.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What callers get for everything that can be wrong, over real HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.jackson.property-naming-strategy=SNAKE_CASE",
            "spring.jackson.deserialization.fail-on-unknown-properties=true",
            "spring.jackson.mapper.allow-coercion-of-scalars=false",
            "ferry.problem.larger-bodies.[/files]=2000000"
        })
class ProblemAnswersTest {

    @LocalServerPort private int port;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Till.class)
    static class Application {}

    record Payer(@Size(max = 5) @Nullable String userAgent) {}

    record Sale(
            @NotBlank @Pattern(regexp = "[0-9.]+") String amount,
            @NotNull Integer itemCount,
            @Nullable List<@NotBlank String> lineItems,
            @Valid @Nullable Payer payer) {}

    @RestController
    static class Till {

        @PostMapping("/files")
        String take(@RequestBody byte[] file) {
            return "taken";
        }

        @PostMapping("/sales")
        String sell(@RequestHeader("Idempotency-Key") String key, @Valid @RequestBody Sale sale) {
            return key + sale.amount();
        }

        @GetMapping("/sales")
        String list(@RequestParam @Max(100) int limit) {
            return "ok " + limit;
        }

        @GetMapping("/secret")
        String fail() {
            throw new IllegalStateException("jdbc:postgresql://db?password=hunter2");
        }

        @GetMapping("/crowded")
        String crowded() {
            throw new IllegalStateException(
                    "no transaction",
                    new SQLTransientConnectionException("pool: total=24, active=24"));
        }

        @GetMapping("/busy")
        String busy() {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                    .retryAfter(Duration.ofMillis(1500));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                                            | invalid_request |                   |",
                "{                                                           | malformed_json  |                   |",
                "{\"amount\":\"1.00\"                                        | malformed_json  |                   |",
                "{\"amount\":\"1.00\",\"item_count\":1,\"amout\":2}          | unknown_field   | /amout            | unknown",
                "{\"amount\":\"1.00\",\"item_count\":1,\"a/b~c\":2}          | unknown_field   | /a~1b~0c          | unknown",
                "{\"amount\":1.00,\"item_count\":1}                          | invalid_request | /amount           | wrong_type",
                "{\"amount\":true,\"item_count\":1}                          | invalid_request | /amount           | wrong_type",
                "{\"amount\":{},\"item_count\":1}                            | invalid_request | /amount           | wrong_type",
                "{\"amount\":\"1.00\",\"item_count\":\"1\"}                  | invalid_request | /item_count       | wrong_type",
                "{\"amount\":\"1.00\",\"item_count\":99999999999}            | invalid_request | /item_count       | wrong_type",
                "{\"amount\":\"\",\"item_count\":1}                          | invalid_request | /amount           | required",
                "{\"item_count\":1}                                          | invalid_request | /amount           | required",
                "{\"amount\":\"1.00\"}                                       | invalid_request | /item_count       | required",
                "{\"amount\":\"😀\",\"item_count\":1}                        | invalid_request | /amount           | wrong_format",
                "{\"amount\":\"1\",\"item_count\":1,\"payer\":{\"user_agent\":\"123456\"}} | invalid_request | /payer/user_agent | wrong_length",
                "{\"amount\":\"1\",\"item_count\":1,\"line_items\":[\"a\",\"\"]}  | invalid_request | /line_items/1     | required"
            })
    void a_bad_body_is_refused_where_it_is_bad(
            @Nullable String body, String code, @Nullable String pointer, @Nullable String error)
            throws Exception {
        var answer = post(BodyPublishers.ofString(body == null ? "" : body));

        assertThat(answer.statusCode()).isEqualTo(400);
        var problem = problem(answer);
        assertThat(problem.path("code").asString()).isEqualTo(code);
        if (pointer != null) {
            assertThat(problem.path("errors").findValuesAsString("pointer")).contains(pointer);
            assertThat(problem.path("errors").findValuesAsString("code")).contains(error);
        }
    }

    @Test
    void a_megabyte_is_refused_whether_it_is_announced_or_not() throws Exception {
        var megabyte = "\"" + "x".repeat(1_000_000) + "\"";
        var announced = post(BodyPublishers.ofString(megabyte));
        var chunked =
                post(
                        BodyPublishers.fromPublisher(
                                BodyPublishers.ofByteArrays(
                                        List.of(
                                                megabyte.getBytes(
                                                        java.nio.charset.StandardCharsets
                                                                .UTF_8)))));

        for (var answer : List.of(announced, chunked)) {
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(problem(answer).path("code").asString()).isEqualTo("payload_too_large");
        }
    }

    @Test
    void a_path_that_takes_more_takes_no_more_than_it_says() throws Exception {
        assertThat(upload("/files", 2_000_000).statusCode()).isEqualTo(200);
        assertThat(upload("/files", 2_000_001).statusCode()).isEqualTo(413);
        assertThat(upload("/files/", 70_000).statusCode()).isEqualTo(413);
        assertThat(upload("/sales", 70_000).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void a_path_takes_more_by_post_only(String method) throws Exception {
        var form = BodyPublishers.ofString("aaaa&aaab&".repeat(10_000));

        var answer =
                send(
                        request("/files")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .method(method, form));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(problem(answer).path("code").asString()).isEqualTo("payload_too_large");
    }

    private HttpResponse<String> upload(String path, int length) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(new byte[length])));
    }

    @Test
    void parameters_that_cannot_be_read_are_the_callers_mistake() throws Exception {
        var answer = send(request("/sales?limit=%ff").GET());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(problem(answer).path("code").asString()).isEqualTo("invalid_request");
    }

    @Test
    void a_body_nested_without_end_is_refused() throws Exception {
        var answer = post(BodyPublishers.ofString("{\"a\":".repeat(5000)));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(problem(answer).path("code").asString()).isIn("malformed_json", "unknown_field");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, not_found",
        "DELETE, /sales, 405, method_not_allowed",
        "GET, /sales, 400, invalid_request",
        "GET, /sales?limit=x, 400, invalid_request",
        "GET, /sales?limit=101, 400, invalid_request",
        "GET, /sales?limit=%00, 400, invalid_request",
        "GET, /secret, 500, internal_error",
        "GET, /crowded, 503, service_unavailable",
        "GET, /busy, 409, idempotency_in_progress"
    })
    void every_refusal_is_a_problem(String method, String path, int status, String code)
            throws Exception {
        var answer = send(request(path).method(method, BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(problem(answer).path("code").asString()).isEqualTo(code);
    }

    @Test
    void a_refused_method_names_those_that_are_allowed() throws Exception {
        var answer = send(request("/sales").DELETE());

        assertThat(answer.headers().firstValue("Allow")).contains("GET, POST");
    }

    @Test
    void a_wait_is_told_in_whole_seconds_and_never_too_short() throws Exception {
        assertThat(send(request("/busy").GET()).headers().firstValue("Retry-After")).contains("2");
    }

    @Test
    void who_got_no_connection_is_told_when_to_come_again() throws Exception {
        assertThat(send(request("/crowded").GET()).headers().firstValue("Retry-After"))
                .contains("1");
    }

    @Test
    void the_words_of_a_failure_stay_in_the_house() throws Exception {
        assertThat(send(request("/secret").GET()).body())
                .doesNotContain("hunter2")
                .doesNotContain("Exception")
                .doesNotContain("io.ferrypay");
    }

    @Test
    void what_is_not_json_in_either_direction_is_refused() throws Exception {
        var xml =
                send(
                        request("/sales")
                                .header("Idempotency-Key", "k")
                                .header("Content-Type", "application/xml")
                                .POST(BodyPublishers.ofString("<sale/>")));
        assertThat(xml.statusCode()).isEqualTo(415);
        assertThat(problem(xml).path("code").asString()).isEqualTo("unsupported_media_type");
    }

    @Test
    void a_missing_idempotency_key_has_a_code_of_its_own() throws Exception {
        var answer =
                send(
                        request("/sales")
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"amount\":\"1.00\",\"item_count\":1}")));

        assertThat(problem(answer).path("code").asString()).isEqualTo("idempotency_key_missing");
    }

    @Test
    void the_gateways_request_id_is_kept_and_any_other_is_replaced() throws Exception {
        var ours = "req_01JDC3VZ6Q8S7M2K4T9R5XN1AB";
        assertThat(
                        problem(send(request("/nowhere").header("Request-Id", ours).GET()))
                                .path("request_id")
                                .asString())
                .isEqualTo(ours);
        var forged = send(request("/nowhere").header("Request-Id", "req_<script>").GET());
        assertThat(problem(forged).path("request_id").asString()).matches("req_[0-9A-Z]{26}");
    }

    private HttpResponse<String> post(BodyPublisher body) throws Exception {
        return send(
                request("/sales")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", "k")
                        .POST(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** Checks what all problems have in common. */
    private JsonNode problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        var problem = json.readTree(answer.body());
        assertThat(problem.path("status").asInt()).isEqualTo(answer.statusCode());
        assertThat(problem.path("type").asString())
                .endsWith("/errors/" + problem.path("code").asString());
        assertThat(answer.headers().firstValue("Request-Id"))
                .contains(problem.path("request_id").asString());
        return problem;
    }
}

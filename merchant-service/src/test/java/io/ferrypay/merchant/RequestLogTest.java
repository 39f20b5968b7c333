package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.merchant.requestlog.KeepRequestLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RequestLogTest extends PortalTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Autowired private KeepRequestLog requests;
    @Autowired private Clock clock;

    private record Answer(int status, JsonNode body) {}

    private String merchant = "";
    private String key = "";

    @BeforeEach
    void a_merchant_with_a_key() {
        if (merchant.isEmpty()) {
            merchant = merchantOf(owner());
            key = newKey(merchant);
        }
    }

    @Test
    void a_request_is_kept_once_and_shown_with_its_key() {
        var first = told(key, "GET", "/v2/payments", 200, now.minusSeconds(3));
        var second = told(key, "POST", "/v2/payments/…", 404, now.minusSeconds(2));
        var third = told(key, "POST", "/v2/payments", 429, now.minusSeconds(1));
        var unknown = told("key_01JDC3VZ6Q8S7M2K4T9R5XN1AB", "GET", "/v2/payments", 200, now);

        assertThat(tell(List.of(first, second, unknown)).status()).isEqualTo(204);
        // The answer was lost, and the gateway tells it again.
        assertThat(tell(List.of(first, second, third, unknown)).status()).isEqualTo(204);

        var page = list("?limit=2");
        assertThat(ids(page)).containsExactly(id(third), id(second));
        assertThat(page.path("has_more").asBoolean()).isTrue();
        var rest = list("?limit=2&cursor=" + page.path("next_cursor").asString());
        assertThat(ids(rest)).containsExactly(id(first));
        assertThat(rest.path("has_more").asBoolean(true)).isFalse();
        var shown = rest.path("data").path(0);
        assertThat(shown.path("path").asString()).isEqualTo("/v2/payments");
        assertThat(shown.path("millis").asInt()).isEqualTo(12);
        assertThat(shown.path("key").path("name").asString()).isEqualTo("Web shop");
        assertThat(shown.path("key").path("masked"))
                .isEqualTo(call("GET", "/v2/api_keys/" + key, null).body().path("masked"));

        assertThat(ids(list("?status=4xx"))).containsExactly(id(third), id(second));
        assertThat(ids(list("?status=404"))).containsExactly(id(second));
        assertThat(ids(list("?method=GET"))).containsExactly(id(first));
        assertThat(ids(list("?key=" + key))).hasSize(3);
        assertThat(ids(list("?request_id=" + id(second)))).containsExactly(id(second));
        for (var wrong : List.of("status=4", "method=TRACE", "key=x", "limit=0", "cursor=x")) {
            assertThat(call("GET", "/v2/request_log?" + wrong, null).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void another_merchant_or_mode_sees_nothing() {
        tell(List.of(told(key, "GET", "/v2/payments", 200, now)));

        var other = merchantOf(owner());
        for (var token :
                List.of(
                        merchantToken(other, "test", List.of("keys:read")),
                        merchantToken(merchant, "live", List.of("keys:read")))) {
            assertThat(ids(send("GET", "/v2/request_log", null, token).body())).isEmpty();
        }
        assertThat(
                        send(
                                        "POST",
                                        "/internal/request-log",
                                        Map.of("requests", List.of()),
                                        merchantToken(merchant, "keys:write"))
                                .status())
                .isEqualTo(403);
    }

    @Test
    void days_are_made_ahead_and_dropped_after_a_week() {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var old = today.minusDays(8);
        jdbc.sql(
                        "create table %s partition of request_log for values from ('%s') to ('%s')"
                                .formatted(name(old), old, old.plusDays(1)))
                .update();
        assertThat(days()).contains(name(old), name(today), name(today.plusDays(2)));

        requests.keepDays();

        assertThat(days())
                .hasSize(10)
                .contains(name(today.minusDays(7)), name(today.plusDays(2)))
                .doesNotContain(name(old));
        // Of a day that is gone, or of a gateway whose clock is wrong: nothing breaks, nothing is
        // kept.
        assertThat(
                        tell(List.of(
                                        told(
                                                key,
                                                "GET",
                                                "/v2/a",
                                                200,
                                                now.minus(Duration.ofDays(9))),
                                        told(
                                                key,
                                                "GET",
                                                "/v2/b",
                                                200,
                                                now.plus(Duration.ofDays(3))),
                                        told(
                                                key,
                                                "GET",
                                                "/v2/c",
                                                200,
                                                now.minus(Duration.ofDays(6)))))
                                .status())
                .isEqualTo(204);
        assertThat(list("").path("data").valueStream().map(one -> one.path("path").asString()))
                .containsExactly("/v2/c");
    }

    private List<String> days() {
        return jdbc.sql(
                        """
                        select child.relname from pg_inherits
                          join pg_class child on child.oid = inhrelid
                         where inhparent = 'request_log'::regclass
                        """)
                .query(String.class)
                .list();
    }

    private static String name(LocalDate day) {
        return "request_log_" + DateTimeFormatter.BASIC_ISO_DATE.format(day);
    }

    private static Map<String, Object> told(
            String key, String method, String path, int status, Instant at) {
        return Map.of(
                "request_id", "req_" + UlidCreator.getUlid(at.toEpochMilli()),
                "at", at.toString(),
                "key_id", key,
                "method", method,
                "path", path,
                "status", status,
                "millis", 12);
    }

    private Answer tell(List<Map<String, Object>> told) {
        return send(
                "POST",
                "/internal/request-log",
                Map.of("requests", told),
                serviceToken("gateway-service"));
    }

    private JsonNode list(String query) {
        var answer = call("GET", "/v2/request_log" + query, null);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("data")
                .valueStream()
                .map(one -> one.path("request_id").asString())
                .toList();
    }

    private static String id(Map<String, Object> told) {
        return (String) told.get("request_id");
    }

    private static String merchantOf(Browser person) {
        return person.get("/portal/api/session").body().path("merchant").path("id").asString();
    }

    private String newKey(String of) {
        return send(
                        "POST",
                        "/v2/api_keys",
                        Map.of(
                                "name",
                                "Web shop",
                                "kind",
                                "restricted",
                                "scopes",
                                List.of("keys:read")),
                        merchantToken(of, "keys:read", "keys:write"))
                .body()
                .path("id")
                .asString();
    }

    private Answer call(String method, String path, @Nullable Object body) {
        return send(method, path, body, merchantToken(merchant, "keys:read"));
    }

    private Answer send(String method, String path, @Nullable Object body, String token) {
        var request =
                RestClient.create("http://localhost:" + port)
                        .method(HttpMethod.valueOf(method))
                        .uri(path)
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", UUID.randomUUID().toString());
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body));
        }
        return request.exchange((_, response) -> {
            var bytes = response.getBody().readAllBytes();
            return new Answer(
                    response.getStatusCode().value(),
                    bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes));
        });
    }
}

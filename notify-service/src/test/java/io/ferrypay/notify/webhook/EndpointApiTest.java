package io.ferrypay.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import okhttp3.Dns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

class EndpointApiTest extends NotifyServiceTest {

    private static final String ENDPOINTS = "/v2/webhook_endpoints";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                                      | malformed_json  |",
                "[]                                                     | invalid_request |",
                "{}                                                     | invalid_request | /url",
                "{\"url\":\"%s\"}                                       | invalid_request | /event_types",
                "{\"url\":5,\"event_types\":[\"*\"]}                    | invalid_request | /url",
                "{\"url\":null,\"event_types\":[\"*\"]}                 | invalid_request | /url",
                "{\"url\":\"\",\"event_types\":[\"*\"]}                 | invalid_request | /url",
                "{\"url\":\"%s\",\"event_types\":[]}                    | invalid_request | /event_types",
                "{\"url\":\"%s\",\"event_types\":[null]}                | invalid_request | /event_types/0",
                "{\"url\":\"%s\",\"event_types\":[\"😀\"]}              | invalid_request | /event_types/0",
                "{\"url\":\"%s\",\"event_types\":\"*\"}                 | invalid_request | /event_types",
                "{\"url\":\"%s\",\"event_types\":[\"*\"],\"x\":1}       | unknown_field   | /x",
                "{\"url\":\"ftp://1.1.1.1/\",\"event_types\":[\"*\"]}   | url_not_allowed | /url",
                "{\"url\":\"http://10.0.0.1/\",\"event_types\":[\"*\"]} | url_not_allowed | /url",
                "{\"url\":\"javascript:alert(1)\",\"event_types\":[\"*\"]} | url_not_allowed | /url"
            })
    void bad_input_is_named_and_stores_nothing(String body, String code, String pointer) {
        var answer = call("POST", ENDPOINTS, body.replace("%s", "http://127.0.0.1:9999/hooks"));

        assertThat(answer.status()).isBetween(400, 422);
        assertThat(answer.code()).isEqualTo(code);
        if (pointer != null) {
            assertThat(answer.body().path("errors").findValuesAsString("pointer"))
                    .contains(pointer);
        }
        assertThat(answer.body().path("request_id").asString()).startsWith("req_");
        assertThat(stored()).isZero();
    }

    @Test
    void what_is_too_long_or_too_large_is_refused() {
        var url = "http://127.0.0.1:9999/" + "x".repeat(2048);
        assertThat(call("POST", ENDPOINTS, Map.of("url", url, "event_types", List.of("*"))).code())
                .isEqualTo("invalid_request");
        assertThat(call("POST", ENDPOINTS, "\"" + "x".repeat(1_000_000) + "\"").code())
                .isEqualTo("payload_too_large");
        assertThat(stored()).isZero();
    }

    @Test
    void the_key_against_repeats_is_asked_for_and_checked() {
        var wish = Map.of("url", "http://127.0.0.1:9999/", "event_types", List.of("*"));
        var token = token("webhooks:write");

        assertThat(call("POST", ENDPOINTS, wish, token, null).code())
                .isEqualTo("idempotency_key_missing");
        assertThat(call("POST", ENDPOINTS, wish, token, "x".repeat(65)).code())
                .isEqualTo("idempotency_key_invalid");
        assertThat(stored()).isZero();
    }

    @Test
    void thirty_repeats_at_once_register_one_endpoint() throws Exception {
        var wish = Map.of("url", "http://127.0.0.1:9999/", "event_types", List.of("*"));
        var token = token("webhooks:write");
        var key = UUID.randomUUID().toString();
        Callable<Answer> work = () -> call("POST", ENDPOINTS, wish, token, key);

        try (var pool = Executors.newFixedThreadPool(30)) {
            for (var future : pool.invokeAll(java.util.Collections.nCopies(30, work))) {
                assertThat(future.get().status()).isIn(201, 409);
            }
        }
        var again = call("POST", ENDPOINTS, wish, token, key);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.headers()).containsEntry("Idempotent-Replayed", "true");
        assertThat(stored()).isEqualTo(1);

        var other = Map.of("url", "http://127.0.0.1:9999/other", "event_types", List.of("*"));
        assertThat(call("POST", ENDPOINTS, other, token, key).code())
                .isEqualTo("idempotency_mismatch");
    }

    @Test
    void a_rotation_that_is_sent_again_happens_once() throws Exception {
        try (var shop = new Receiver()) {
            var rotate = ENDPOINTS + "/" + endpoint(shop) + ":rotate_secret";
            var token = token("webhooks:write");
            var key = UUID.randomUUID().toString();
            var first = call("POST", rotate, null, token, key);
            var again = call("POST", rotate, null, token, key);

            assertThat(first.status()).isEqualTo(200);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.headers()).containsEntry("Idempotent-Replayed", "true");
            assertThat(again.body()).isEqualTo(first.body());

            assertThat(call("POST", rotate, null, token, null).code())
                    .isEqualTo("idempotency_key_missing");
            var another = ENDPOINTS + "/" + endpoint(shop) + ":rotate_secret";
            assertThat(call("POST", another, null, token, key).code())
                    .isEqualTo("idempotency_mismatch");
        }
    }

    @Test
    void rotations_side_by_side_take_their_turn() throws Exception {
        try (var shop = new Receiver();
                var pool = Executors.newFixedThreadPool(8)) {
            var rotate = ENDPOINTS + "/" + endpoint(shop) + ":rotate_secret";
            Callable<Answer> work = () -> call("POST", rotate, null);
            var rotated = 0;
            for (var future : pool.invokeAll(java.util.Collections.nCopies(8, work))) {
                if (future.get().status() == 200) {
                    rotated++;
                } else {
                    assertThat(future.get().code()).isEqualTo("too_many_rotations");
                }
            }

            assertThat(rotated).as("as many old secrets as may sign at a time").isEqualTo(5);
        }
    }

    @Test
    void no_transaction_is_open_while_a_name_is_resolved() {
        var inTransaction = new ConcurrentLinkedQueue<Boolean>();
        TestNames.now =
                name -> {
                    if (!name.equals("shop.example")) {
                        return Dns.SYSTEM.lookup(name);
                    }
                    inTransaction.add(
                            TransactionSynchronizationManager.isActualTransactionActive());
                    return List.of(InetAddress.ofLiteral("1.1.1.1"));
                };
        try {
            var made =
                    call(
                            "POST",
                            ENDPOINTS,
                            Map.of("url", "http://shop.example/", "event_types", List.of("*")));
            assertThat(made.status()).isEqualTo(201);
            var changed =
                    call(
                            "PATCH",
                            ENDPOINTS + "/" + made.body().path("id").asString(),
                            Map.of("url", "http://shop.example/hooks"));
            assertThat(changed.body().path("url").asString())
                    .isEqualTo("http://shop.example/hooks");
        } finally {
            TestNames.now = Dns.SYSTEM;
        }

        assertThat(inTransaction).containsExactly(false, false);
    }

    @Test
    void what_belongs_to_another_merchant_or_mode_is_not_there() throws Exception {
        try (var shop = new Receiver()) {
            var id = endpoint(shop);
            var event = paid(shop.url());
            happen(event);
            var stranger =
                    tokenOf(
                            "mer_01JD0000000000000000ANDERE",
                            "test",
                            "webhooks:read",
                            "webhooks:write");
            var live = tokenOf(merchant, "live", "webhooks:read", "webhooks:write");

            for (var token : List.of(stranger, live)) {
                assertThat(call("GET", ENDPOINTS + "/" + id, null, token).code())
                        .isEqualTo("not_found");
                assertThat(call("DELETE", ENDPOINTS + "/" + id, null, token).status())
                        .isEqualTo(404);
                assertThat(
                                call("POST", ENDPOINTS + "/" + id + ":rotate_secret", null, token)
                                        .status())
                        .isEqualTo(404);
                assertThat(call("GET", "/v2/events/" + event.id(), null, token).status())
                        .isEqualTo(404);
                assertThat(
                                call("POST", "/v2/events/" + event.id() + ":resend", null, token)
                                        .status())
                        .isEqualTo(404);
                assertThat(call("GET", ENDPOINTS, null, token).body().path("data")).isEmpty();
            }
        }
    }

    @Test
    void a_key_does_only_what_its_scopes_say() throws Exception {
        try (var shop = new Receiver()) {
            var id = endpoint(shop);
            var reader = token("webhooks:read");

            assertThat(call("GET", ENDPOINTS + "/" + id, null, reader).status()).isEqualTo(200);
            assertThat(call("DELETE", ENDPOINTS + "/" + id, null, reader).code())
                    .isEqualTo("forbidden_scope");
            assertThat(call("GET", "/v2/webhook_secret", null, reader).code())
                    .isEqualTo("forbidden_scope");
            assertThat(call("GET", ENDPOINTS, null, token("payments:read")).code())
                    .isEqualTo("forbidden_scope");
        }
    }

    @Test
    void a_disabled_endpoint_hears_nothing_until_it_is_enabled() throws Exception {
        try (var shop = new Receiver()) {
            var id = endpoint(shop);
            call("PATCH", ENDPOINTS + "/" + id, "{\"status\":\"disabled\"}");
            happen(paid(null));
            await().during(java.time.Duration.ofMillis(400)).until(() -> shop.received().isEmpty());

            call("POST", ENDPOINTS + "/" + id + ":enable", null);
            happen(paid(null));
            await().atMost(SOON).until(() -> shop.received().size() == 1);
        }
    }

    @Test
    void a_deleted_endpoint_is_forgotten_with_all_it_was_to_hear() throws Exception {
        try (var shop = new Receiver().answers(Receiver.status(429, "Retry-After: 600\r\n"))) {
            var id = endpoint(shop);
            var event = paid(null);
            happen(event);
            await().atMost(SOON).until(() -> !shop.received().isEmpty());
            assertThat(call("DELETE", ENDPOINTS + "/" + id, null).status()).isEqualTo(204);

            assertThat(stateOf(event.id())).isEqualTo("canceled");
            assertThat(call("GET", ENDPOINTS + "/" + id, null).status()).isEqualTo(404);
            assertThat(call("GET", ENDPOINTS, null).body().path("data")).isEmpty();
        }
    }

    @Test
    void a_test_event_reaches_one_endpoint() throws Exception {
        try (var shop = new Receiver()) {
            var id = endpoint(shop, "refund.*");
            var sent = call("POST", ENDPOINTS + "/" + id + ":test", null);

            assertThat(sent.status()).isEqualTo(202);
            await().atMost(SOON).until(() -> shop.received().size() == 1);
            assertThat(shop.received().getFirst().id())
                    .isEqualTo(sent.body().path("event").asString());
        }
    }

    @Test
    void lists_are_read_page_by_page() throws Exception {
        try (var shop = new Receiver()) {
            for (var i = 0; i < 3; i++) {
                endpoint(shop);
            }
            var first = call("GET", ENDPOINTS + "?limit=2", null).body();
            assertThat(first.path("data")).hasSize(2);
            assertThat(first.path("has_more").asBoolean()).isTrue();
            var rest =
                    call(
                                    "GET",
                                    ENDPOINTS
                                            + "?limit=2&cursor="
                                            + first.path("next_cursor").asString(),
                                    null)
                            .body();
            assertThat(rest.path("data")).hasSize(1);
            assertThat(rest.path("has_more").asBoolean()).isFalse();
            assertThat(call("GET", ENDPOINTS + "?limit=0", null).code())
                    .isEqualTo("invalid_request");
            assertThat(call("GET", ENDPOINTS + "?cursor=%27", null).code())
                    .isEqualTo("invalid_request");
        }
    }

    private long stored() {
        return jdbc.sql("select count(*) from webhook_endpoint where merchant_id = ?")
                .param(merchant)
                .query(Long.class)
                .single();
    }
}

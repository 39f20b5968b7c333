package io.ferrypay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.gateway.StubService.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

@TestPropertySource(
        properties = {
            "spring.cloud.gateway.server.webflux.httpclient.pool.max-connections=42",
            "ferry.gateway.trusted-proxies=127.0.0.1/32",
            "ferry.gateway.timeouts.answer=10s",
            "ferry.gateway.timeouts.long-poll=20s",
            "ferry.gateway.places.doors.payments=3",
            "ferry.gateway.places.doors.notifications=2",
            "ferry.gateway.places.doors.checkout=5",
            "ferry.gateway.places.doors.api-description=1",
            "ferry.gateway.places.doors.checkout-stream=7",
            "ferry.gateway.places.doors.payment-wait=6",
            "ferry.gateway.places.doors.refunds=1",
            "ferry.gateway.places.doors.returns=1",
            "ferry.gateway.places.doors.exports=1",
            "ferry.gateway.places.doors.export-file=4",
            "ferry.gateway.places.doors.api-keys=1",
            "ferry.gateway.places.doors.merchant=1",
            "ferry.gateway.places.doors.static-codes=1",
            "ferry.gateway.places.doors.static-code=1",
            "ferry.gateway.places.doors.devices=1",
            "ferry.gateway.places.doors.device-pairing=1",
            "ferry.gateway.places.doors.till=1",
            "ferry.gateway.places.doors.spotpay=1",
            "ferry.gateway.places.doors.spotpay-wait=1",
            "ferry.gateway.places.doors.spotpay-stream=5",
            "ferry.gateway.places.doors.dynamic-code=1",
            "ferry.gateway.places.doors.webhooks=1",
            "ferry.gateway.places.doors.events=1",
            "ferry.gateway.places.doors.portal=1",
            "ferry.gateway.places.doors.portal-upload=1",
            "ferry.gateway.places.doors.console-account=1",
            "ferry.gateway.places.doors.console=1",
            "ferry.gateway.places.doors.console-merchants=1",
            "ferry.gateway.places.doors.console-payments=1",
            "ferry.gateway.places.doors.console-reconciliation=1",
            "ferry.gateway.places.doors.console-reconciliation-file=1",
            "ferry.gateway.places.doors.console-statement-upload=1",
            "ferry.gateway.places.doors.wechat-messages=1",
            "ferry.gateway.places.doors.wechat-bind=1",
            "ferry.gateway.places.doors.wechat-events=1",
            "ferry.gateway.places.doors.unusual-uses=1",
            "ferry.gateway.places.doors.balances=1",
            "ferry.gateway.places.doors.withdrawals=1",
            "ferry.gateway.places.held-per-address=4",
            "ferry.gateway.places.held-per-link=2",
            "ferry.gateway.places.held-per-key=3",
            "ferry.gateway.places.open-per-address=2"
        })
class HeldRequestsTest extends GatewayTest {

    private static final String TILL = "dk_test_0123456789abcdefghijklmn";
    private static final String OTHER_TILL = "dk_test_0123456789abcdefghijklmo";

    @Autowired private MeterRegistry metrics;

    private final List<OpenRequest> open = new ArrayList<>();

    @AfterEach
    void everybody_goes_home() {
        open.forEach(OpenRequest::close);
        await().until(() ->
                metrics.get("ferry.gateway.places.taken").gauges().stream()
                        .allMatch(places -> places.value() == 0));
    }

    @Test
    void however_many_requests_are_held_short_ones_find_a_connection() {
        holdLongPolls();
        for (var i = 0; i < 40; i++) {
            stream("nonce" + i, "192.0.2." + i);
            longPoll(key(), "198.51.100." + i);
        }
        await().until(() -> PAYMENTS.received().size() >= 13);

        payments(key()).expectStatus().isOk();
        http.post()
                .uri("/channels/wechat/notifications/acc_1")
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(places("CHECKOUT_STREAM")).isEqualTo(7);
        assertThat(places("PAYMENT_WAIT")).isEqualTo(6);
    }

    @Test
    void when_every_place_is_taken_the_next_one_is_told_when_to_come_back() {
        for (var i = 0; i < 7; i++) {
            assertThat(stream("nonce" + i, "192.0.2." + i).status()).isEqualTo(200);
        }

        var refused = stream("nonce7", "192.0.2.7");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void one_address_holds_only_so_many() {
        for (var i = 0; i < 4; i++) {
            assertThat(stream("nonce" + i, "192.0.2.1").status()).isEqualTo(200);
        }

        http.get()
                .uri("/checkout/nonce9/events")
                .header("X-Forwarded-For", "192.0.2.1")
                .exchange()
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals("Retry-After", "5")
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("too_many_waiting")
                .jsonPath("$.retryable")
                .isEqualTo(true);
        assertThat(stream("nonce9", "192.0.2.2").status()).isEqualTo(200);
        assertThat(longPoll(key(), "192.0.2.1").status()).isEqualTo(429);
    }

    @Test
    void one_link_is_listened_to_only_so_often() {
        assertThat(stream("one", "192.0.2.1").status()).isEqualTo(200);
        assertThat(stream("one", "192.0.2.2").status()).isEqualTo(200);

        assertThat(stream("one", "192.0.2.3").status()).isEqualTo(429);
        assertThat(stream("two", "192.0.2.3").status()).isEqualTo(200);

        // However it is spelled.
        var spellings = List.of("%6fne", "o%6ee", "on%65", "%6f%6e%65");
        assertThat(spellings)
                .filteredOn(spelling -> stream(spelling, "192.0.2.4").status() == 200)
                .hasSize(2);
    }

    @Test
    void one_key_has_only_so_many_long_polls() {
        holdLongPolls();
        var key = key();
        for (var i = 0; i < 3; i++) {
            longPoll(key, "192.0.2." + i);
        }
        await().until(() -> PAYMENTS.received().size() == 3);

        var refused = longPoll(key, "192.0.2.9");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        payments(key).expectStatus().isOk();
        longPoll(key(), "192.0.2.9");
        await().until(() -> PAYMENTS.received().size() == 5);
    }

    @Test
    void one_till_has_only_so_many_streams_whichever_sessions_it_names() {
        MERCHANTS.answers(request ->
                Answer.json(
                        200,
                        """
                        {"merchant_id":"mer_1","mode":"test","key_id":"%s","scopes":["payments:read"],
                        "device":"dev_1","store":"store_1","store_name":"Wharf",
                        "time_zone":"Pacific/Auckland","cashier":null,
                        "rate_limit":{"writes_per_second":1000,"reads_per_second":1000},
                        "merchant_status":"active"}
                        """
                                .formatted(request.body().contains(TILL) ? TILL : OTHER_TILL)));
        for (var i = 0; i < 3; i++) {
            assertThat(tillStream(TILL, "spot_" + i, "192.0.2." + i).status()).isEqualTo(200);
        }

        var refused = tillStream(TILL, "spot_9", "192.0.2.9");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(tillStream(OTHER_TILL, "spot_9", "192.0.2.9").status()).isEqualTo(200);
    }

    @Test
    void one_merchant_has_only_so_many_files_on_their_way_whichever_keys_it_shows() {
        MERCHANTS.answers(request -> {
            var other = request.body().contains("other");
            return Answer.json(
                    200,
                    """
                    {"merchant_id":"%s","mode":"test","key_id":"%s","scopes":["exports:read"],
                    "ip_allow_list":[],
                    "rate_limit":{"writes_per_second":1000,"reads_per_second":1000},
                    "merchant_status":"active"}
                    """
                            .formatted(
                                    other ? "mer_2" : "mer_1",
                                    "key_" + request.body().replaceAll("[^a-z0-9]", "")));
        });
        PAYMENTS.answers(request ->
                request.uri().endsWith("/content")
                        ? Answer.json(200, "{}").after(Duration.ofSeconds(15))
                        : Answer.json(200, "{}"));
        file("one", "exp_1", "192.0.2.1");
        file("two", "exp_2", "192.0.2.2");
        await().until(() -> PAYMENTS.received().size() == 2);

        var refused = file("three", "exp_3", "192.0.2.3");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        file("other", "exp_4", "192.0.2.4");
        await().until(() -> PAYMENTS.received().size() == 3);
        open.getFirst().close();
        await().atMost(Duration.ofSeconds(3)).until(() -> places("EXPORT_FILE") == 2);
        file("three", "exp_3", "192.0.2.3");
        await().until(() -> PAYMENTS.received().size() == 4);
    }

    @Test
    void an_answered_long_poll_leaves_its_place() {
        PAYMENTS.answers(_ -> Answer.json(200, "{}").after(Duration.ofMillis(300)));
        var key = key();

        for (var round = 0; round < 3; round++) {
            var three = IntStream.range(0, 3).mapToObj(_ -> longPoll(key, "192.0.2.1")).toList();

            assertThat(three).extracting(OpenRequest::status).containsOnly(200);
            // The last of the three is still on its way out when its answer is read here.
            await().atMost(Duration.ofSeconds(2)).until(() -> places("PAYMENT_WAIT") == 0);
        }
    }

    @Test
    void a_page_or_shop_that_goes_away_leaves_its_place_at_once() {
        holdLongPolls();
        var first = stream("one", "192.0.2.1");
        assertThat(first.status()).isEqualTo(200);
        var second = longPoll(key(), "192.0.2.1");
        await().until(() -> places("PAYMENT_WAIT") == 1);

        first.close();
        second.close();

        await().atMost(Duration.ofSeconds(3))
                .until(() -> places("CHECKOUT_STREAM") == 0 && places("PAYMENT_WAIT") == 0);
    }

    @Test
    void who_does_not_read_the_answer_keeps_the_place() {
        var longAnswer = "x".repeat(16 << 20);
        PAYMENTS.answers(request ->
                request.uri().contains("limit=100")
                        ? Answer.json(200, longAnswer)
                        : Answer.json(200, "{}"));
        var key = key();
        var slow =
                IntStream.range(0, 3)
                        .mapToObj(_ ->
                                open(
                                        "/v2/payments?limit=100",
                                        "Authorization: Bearer " + key + "\r\n"))
                        .toList();
        assertThat(slow).extracting(OpenRequest::status).containsOnly(200);

        payments(key).expectStatus().isEqualTo(503);

        slow.getFirst().close();
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> payments(key).expectStatus().isOk());
    }

    @Test
    void one_address_has_only_so_many_requests_under_way_without_a_key() {
        PAYMENTS.answers(_ -> Answer.json(200, "{}").after(Duration.ofMillis(800)));
        open("/checkout/one", forwarded("192.0.2.1"));
        open("/checkout/two", forwarded("192.0.2.1"));
        await().until(() -> PAYMENTS.received().size() == 2);

        var third = open("/checkout/three", forwarded("192.0.2.1"));

        assertThat(third.status()).isEqualTo(429);
        assertThat(third.header("Retry-After")).isEqualTo("1");
        assertThat(open("/checkout/three", forwarded("192.0.2.2")).status()).isEqualTo(200);
    }

    private void holdLongPolls() {
        PAYMENTS.answers(request ->
                request.uri().contains("wait=")
                        ? Answer.json(200, "{}").after(Duration.ofSeconds(15))
                        : Answer.json(200, "{}"));
    }

    private OpenRequest stream(String nonce, String address) {
        return open("/checkout/" + nonce + "/events", forwarded(address));
    }

    private OpenRequest tillStream(String till, String session, String address) {
        return open(
                "/v2/spotpay/sessions/" + session + "/events",
                forwarded(address),
                "Content-Digest: sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:\r\n",
                "Signature-Input: ferry=(\"@method\" \"@path\" \"@query\" \"content-digest\");created=1795414300;nonce=\"0123456789abcdef\";keyid=\""
                        + till
                        + "\"\r\n",
                "Signature: ferry=:" + "A".repeat(86) + "==:\r\n");
    }

    private OpenRequest file(String key, String export, String address) {
        return open(
                "/v2/exports/" + export + "/content",
                forwarded(address),
                "Authorization: Bearer sk_test_%s%s\r\n".formatted("0".repeat(30), key));
    }

    private OpenRequest longPoll(String key, String address) {
        return open(
                "/v2/payments/pay_1?wait=15",
                forwarded(address),
                "Authorization: Bearer " + key + "\r\n");
    }

    private OpenRequest open(String target, String... headers) {
        var request = OpenRequest.get(port, target, headers);
        open.add(request);
        return request;
    }

    private static String forwarded(String address) {
        return "X-Forwarded-For: " + address + "\r\n";
    }

    private double places(String door) {
        return metrics.get("ferry.gateway.places.taken").tag("door", door).gauge().value();
    }

    private ResponseSpec payments(String key) {
        return http.get().uri("/v2/payments").header("Authorization", "Bearer " + key).exchange();
    }
}

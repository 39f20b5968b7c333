package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated
class PayingByWechatTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final RunningPlatform platform = new RunningPlatform();

    @Test
    void fifty_creates_at_once_with_one_key_make_one_payment() throws Exception {
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var order = RunningPlatform.order(RunningPlatform.newReference(), null);
        var answers =
                atOnce(
                        50,
                        () -> {
                            var answer = platform.shop("POST", "/v2/payments", order, key);
                            for (var retry = 0; answer.status() == 409 && retry < 20; retry++) {
                                answer = platform.shop("POST", "/v2/payments", order, key);
                            }
                            return answer;
                        });

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(201));
        assertThat(new HashSet<>(answers.stream().map(answer -> answer.body().toString()).toList()))
                .hasSize(1);
        assertThat(
                        platform.count(
                                "payment_channel",
                                "select count(*) from payment where merchant_reference = ?",
                                order.get("merchant_reference")))
                .isEqualTo(1);

        order.put("amount", "121.00");
        var other = platform.shop("POST", "/v2/payments", order, key);
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("idempotency_mismatch");
    }

    @Test
    void fifty_notifications_at_once_change_the_state_once_and_tell_the_shop_once()
            throws Exception {
        try (var shop = ShopServer.accepting()) {
            var shown = platform.showQr(shop.url(), 900);
            var number = platform.orderNumberOf(shown.paymentId());
            assertThat(
                            platform.sandbox(
                                            "POST",
                                            "/control/wechat/codes/pay",
                                            Map.of("code_url", shown.codeUrl()))
                                    .status())
                    .isEqualTo(200);

            atOnce(
                    50,
                    () ->
                            platform.sandbox(
                                    "POST",
                                    "/control/wechat/orders/" + number + "/notify",
                                    Map.of()));
            await().atMost(SOON).until(() -> platform.status(shown.paymentId()).equals("paid"));
            await().atMost(SOON).until(() -> !shop.of(shown.paymentId(), "payment.paid").isEmpty());

            assertThat(
                            platform.count(
                                    "payment_channel",
                                    "select count(*) from outbox where subject = ? and type = 'payment.paid'",
                                    shown.paymentId()))
                    .isEqualTo(1);
            await().during(Duration.ofSeconds(2))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> shop.idsOf(shown.paymentId(), "payment.paid").size() == 1);
        }
    }

    /** What only WeChat's notifications can have; what all companies' can is in the contract. */
    @ParameterizedTest
    @ValueSource(strings = {"unknown_serial", "signtest"})
    void a_notification_that_lies_changes_nothing(String lie) {
        var shown = platform.showQr(null, 900);
        var number = platform.orderNumberOf(shown.paymentId());
        var before = keptRefusals();
        var onlyLies =
                Map.of(
                        "notification", Map.of(lie, true),
                        "api", Map.of("query", Map.of("fail_before", 100)),
                        "applies_to", number);
        assertThat(platform.sandbox("POST", "/control/wechat/faults", onlyLies).status())
                .isEqualTo(204);
        try {
            var paid = platform.sandbox("POST", "/control/wechat/orders/" + number + "/pay", null);
            assertThat(paid.status()).isEqualTo(200);
            await().atMost(SOON).until(() -> !platform.noticesAbout(number).isEmpty());

            assertThat(platform.noticesAbout(number))
                    .allSatisfy(sent -> {
                        assertThat(sent.path("accepted").asBoolean()).isFalse();
                        assertThat(sent.path("status").asInt()).isBetween(400, 499);
                    });
            assertThat(keptRefusals()).isGreaterThan(before);
            assertThat(platform.status(shown.paymentId())).isEqualTo("pending");
            assertThat(
                            platform.count(
                                    "payment_channel",
                                    "select count(*) from outbox"
                                            + " where subject = ? and type = 'payment.paid'",
                                    shown.paymentId()))
                    .isZero();
        } finally {
            var onlySilence =
                    Map.of(
                            "notification", Map.of("drop", 50),
                            "api", Map.of(),
                            "applies_to", number);
            assertThat(platform.sandbox("POST", "/control/wechat/faults", onlySilence).status())
                    .isEqualTo(204);
        }
        // The money is real, only the message was not: the query brings it in.
        await().atMost(Duration.ofMinutes(1))
                .until(() -> platform.status(shown.paymentId()).equals("paid"));
    }

    private long keptRefusals() {
        return platform.count(
                "payment_channel",
                "select count(*) from channel_notification where verdict = 'refused'");
    }

    @Test
    void money_that_arrives_after_a_cancel_is_not_dropped() throws Exception {
        try (var shop = ShopServer.accepting()) {
            var shown = platform.showQr(shop.url(), 900);
            var number = platform.orderNumberOf(shown.paymentId());
            platform.sandbox(
                    "POST",
                    "/control/wechat/faults",
                    Map.of(
                            "api",
                            Map.of("close", Map.of("fail_before", 100)),
                            "applies_to",
                            number));
            platform.sandbox(
                    "POST", "/control/wechat/codes/pay", Map.of("code_url", shown.codeUrl()));
            var canceled =
                    platform.shop("POST", "/v2/payments/" + shown.paymentId() + ":cancel", null);
            platform.sandbox("DELETE", "/control/wechat/faults", null);

            assertThat(canceled.status()).isIn(200, 409, 502, 504);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> platform.status(shown.paymentId()).equals("paid"));
            await().atMost(SOON)
                    .until(() ->
                            shop.idsOf(shown.paymentId(), "payment.paid").size()
                                            + shop.idsOf(shown.paymentId(), "payment.paid_late")
                                                    .size()
                                    >= 1);
        }
    }

    @Test
    void a_role_of_one_schema_cannot_read_another() throws Exception {
        try (var connection = platform.connect("notify");
                var statement = connection.createStatement()) {
            for (var table :
                    new String[] {
                        "payment_channel.payment", "merchant.merchant", "job.qrtz_triggers"
                    }) {
                org.assertj.core.api.Assertions.assertThatThrownBy(
                                () -> statement.executeQuery("select * from " + table))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(times)) {
            var results = new ArrayList<T>();
            for (var future : pool.invokeAll(java.util.Collections.nCopies(times, work))) {
                results.add(future.get());
            }
            return results;
        }
    }
}

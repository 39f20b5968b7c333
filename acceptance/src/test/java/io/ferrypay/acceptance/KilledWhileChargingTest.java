package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The payment service dies while WeChat charges a code: whoever repeats the request, and whoever
 * only waits, finds the one charge paid.
 */
@Isolated
class KilledWhileChargingTest {

    private final RunningPlatform platform = new RunningPlatform();

    @Test
    void a_charge_whose_service_dies_before_the_answer_is_paid_once() {
        var code =
                platform.sandbox("POST", "/control/wechat/pay-codes", Map.of())
                        .body()
                        .path("pay_code")
                        .asString();
        platform.sandbox(
                "POST",
                "/control/wechat/faults",
                Map.of(
                        "api",
                        Map.of("micropay", Map.of("timeout_after_ms", 4_500)),
                        "applies_to",
                        code));
        var reference = RunningPlatform.newReference();
        var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        var body =
                Map.of(
                        "merchant_reference",
                        reference,
                        "amount",
                        "35.50",
                        "currency",
                        "NZD",
                        "pay_code",
                        code);
        try (var shop = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = shop.submit(() -> platform.shop("POST", "/v2/spotpay/charges", body, key));
            await().atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> stateAtWechat(reference).equals("SUCCESS"));

            platform.kill("payment-channel-service");

            assertThat(first)
                    .as("nobody can have answered it")
                    .satisfies(answer -> {
                        try {
                            assertThat(answer.get().status()).isGreaterThanOrEqualTo(500);
                        } catch (java.util.concurrent.ExecutionException e) {
                            assertThat(e).hasCauseInstanceOf(java.io.UncheckedIOException.class);
                        }
                    });
        }
        await().atMost(Duration.ofSeconds(90)).until(platform::allReady);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() ->
                        platform.shop("GET", "/v2/payments/by-reference/" + reference, null)
                                .body()
                                .path("status")
                                .asString()
                                .equals("paid"));
        var again = platform.shop("POST", "/v2/spotpay/charges", body, key);
        assertThat(again.status()).as("%s", again.body()).isEqualTo(200);
        assertThat(again.body().path("status").asString()).isEqualTo("paid");
        assertThat(again.headers().get("Idempotent-Replayed")).isEqualTo("true");
        assertThat(
                        platform.count(
                                "payment_channel",
                                "select count(*) from attempt where payment_id = ?",
                                again.body().path("id").asString()))
                .isEqualTo(1);
    }

    private String stateAtWechat(String reference) {
        var order =
                platform.queryOne(
                        "payment_channel",
                        """
                        select order_number from attempt a join payment p on p.id = a.payment_id
                         where p.merchant_reference = ?
                        """,
                        reference);
        return order == null
                ? ""
                : platform.sandbox("GET", "/control/wechat/orders/" + order, null)
                        .body()
                        .path("trade_state")
                        .asString("");
    }
}

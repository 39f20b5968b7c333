package io.ferrypay.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.acceptance.RunningPlatform.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The shop scans the code in a shopper's wallet; what is not clear ends paid, or taken back. */
@Execution(ExecutionMode.CONCURRENT)
class ChargingAShownCodeTest {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final Duration LATER = Duration.ofMinutes(2);

    private final RunningPlatform platform = new RunningPlatform();
    private final ShopServer shop = ShopServer.open();

    /** Whose wallet shows the code, and what its company calls things. */
    enum Wallet {
        WECHAT("micropay", "query", "REVOKED"),
        ALIPAY("spot_pay", "overseas_query", "TRADE_CLOSED");

        private final String charge;
        private final String query;
        private final String reversed;

        Wallet(String charge, String query, String reversed) {
            this.charge = charge;
            this.query = query;
            this.reversed = reversed;
        }

        String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @ParameterizedTest
    @EnumSource(Wallet.class)
    void a_code_is_paid_at_once_told_once_and_refunded(Wallet wallet) {
        var key = UUID.randomUUID().toString();
        var charge = charge(key, show(wallet, "pays"));

        assertThat(charge.status()).as("%s", charge.body()).isEqualTo(200);
        assertThat(charge.body().path("status").asString()).isEqualTo("paid");
        assertThat(charge.body().path("detected_wallet").asString()).isEqualTo(wallet.code());
        var id = id(charge);
        toldOnce(id, "payment.paid");
        await().atMost(SOON).until(() -> booked(id) == 1);
        var refund = platform.shop("POST", "/v2/payments/" + id + "/refunds", Map.of());
        assertThat(refund.status()).as("%s", refund.body()).isEqualTo(201);
        await().atMost(LATER)
                .until(() -> platform.payment(id).path("refund_state").asString().equals("full"));
    }

    @ParameterizedTest
    @EnumSource(Wallet.class)
    void a_password_makes_it_wait_and_then_it_is_paid(Wallet wallet) {
        var charge = charge(show(wallet, "asks_password"));

        assertThat(charge.status()).as("%s", charge.body()).isEqualTo(202);
        assertThat(charge.body().path("poll_after_ms").asInt()).isPositive();
        control(wallet, "/orders/" + order(charge) + "/pay", Map.of());
        await().atMost(SOON).until(() -> status(charge).equals("paid"));
        toldOnce(id(charge), "payment.paid");
    }

    @ParameterizedTest
    @EnumSource(Wallet.class)
    void a_password_that_never_comes_has_the_charge_taken_back(Wallet wallet) {
        var charge = charge(show(wallet, "asks_password"));

        await().atMost(LATER).until(() -> status(charge).equals("expired"));

        assertThat(stateAtCompany(wallet, charge)).isEqualTo(wallet.reversed);
        toldOnce(id(charge), "payment.expired");
    }

    @ParameterizedTest
    @EnumSource(Wallet.class)
    void a_charge_whose_answer_is_lost_is_found_paid(Wallet wallet) {
        var code = show(wallet, "pays");
        faults(wallet, code, Map.of(wallet.charge, Map.of("fail_after", 1)));

        var charge = charge(code);

        assertThat(charge.status()).as("%s", charge.body()).isEqualTo(202);
        await().atMost(SOON).until(() -> status(charge).equals("paid"));
        assertThat(attempts(charge)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Wallet.class)
    void what_was_paid_and_could_not_be_found_out_in_time_goes_back(Wallet wallet) {
        var code = show(wallet, "pays");
        faults(
                wallet,
                code,
                Map.of(
                        wallet.charge,
                        Map.of("fail_after", 1),
                        wallet.query,
                        Map.of("fail_before", true)));
        var charge = charge(code);
        await().atMost(LATER).until(() -> attempt(charge, "status").matches("reversing|reversed"));
        // From here on the company can be asked again, and says how it is.
        faults(wallet, order(charge), Map.of());

        await().atMost(LATER).until(() -> status(charge).equals("expired"));

        assertThat(stateAtCompany(wallet, charge)).isEqualTo(wallet.reversed);
        assertThat(attempt(charge, "status")).isEqualTo("reversed");
        var payment = platform.payment(id(charge));
        assertThat(payment.path("surplus_amount").isNull()).isTrue();
        assertThat(shop.of(id(charge), "payment.paid")).isEmpty();
        assertThat(booked(id(charge))).isZero();
        assertThat(
                        platform.count(
                                "payment_channel",
                                "select count(*) from refund where payment_id = ?",
                                id(charge)))
                .isZero();
        if (wallet == Wallet.ALIPAY) {
            assertThat(new BigDecimal(control(wallet, charge).path("refunded").asString()))
                    .isEqualByComparingTo("35.50");
        }
    }

    @Test
    void a_cancel_takes_a_charge_back_that_waits_for_its_payer() {
        var alipay = charge(show(Wallet.ALIPAY, "asks_password"));
        var wechat = charge(show(Wallet.WECHAT, "asks_password"));

        var canceled = platform.shop("POST", "/v2/payments/" + id(alipay) + ":cancel", null);
        // WeChat asks for a quarter of a minute before that.
        var canceling = platform.shop("POST", "/v2/payments/" + id(wechat) + ":cancel", null);

        assertThat(canceled.status()).as("%s", canceled.body()).isEqualTo(200);
        assertThat(canceled.body().path("status").asString()).isEqualTo("canceled");
        assertThat(canceling.status()).as("%s", canceling.body()).isEqualTo(202);
        await().atMost(SOON).until(() -> status(wechat).equals("canceled"));
        assertThat(stateAtCompany(Wallet.WECHAT, wechat)).isEqualTo("REVOKED");
        assertThat(stateAtCompany(Wallet.ALIPAY, alipay)).isEqualTo("TRADE_CLOSED");
    }

    @ParameterizedTest
    @EnumSource(Wallet.class)
    void a_code_that_is_no_good_fails_and_another_reference_is_another_charge(Wallet wallet) {
        var code = show(wallet, "too_old");

        var charge = charge(code);

        assertThat(charge.status()).as("%s", charge.body()).isEqualTo(200);
        assertThat(charge.body().path("status").asString()).isEqualTo("failed");
        assertThat(charge.body().path("payment").path("failure").path("decline_code").asString())
                .isNotEmpty();
        var unknown = charge("560000000000000000");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.code()).isEqualTo("pay_code_not_recognized");
        var again = charge(show(wallet, "pays"));
        assertThat(again.body().path("status").asString()).isEqualTo("paid");
    }

    private String show(Wallet wallet, String effect) {
        return control(wallet, "/pay-codes", Map.of("effect", effect)).path("pay_code").asString();
    }

    private Answer charge(String code) {
        return charge(UUID.randomUUID().toString(), code);
    }

    private Answer charge(String key, String code) {
        return platform.shop(
                "POST", "/v2/spotpay/charges", body(code), Map.of("Idempotency-Key", key));
    }

    private Map<String, Object> body(String code) {
        return Map.of(
                "merchant_reference",
                RunningPlatform.newReference(),
                "amount",
                "35.50",
                "currency",
                "NZD",
                "pay_code",
                code,
                "notify_url",
                shop.url());
    }

    private void faults(Wallet wallet, String target, Map<String, Object> api) {
        var answer =
                platform.sandbox(
                        "POST",
                        "/control/" + wallet.code() + "/faults",
                        Map.of("api", api, "applies_to", target));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(204);
    }

    private JsonNode control(Wallet wallet, String path, Object body) {
        var answer = platform.sandbox("POST", "/control/" + wallet.code() + path, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body();
    }

    private JsonNode control(Wallet wallet, Answer charge) {
        return platform.sandbox(
                        "GET", "/control/" + wallet.code() + "/orders/" + order(charge), null)
                .body();
    }

    private String stateAtCompany(Wallet wallet, Answer charge) {
        return control(wallet, charge).path("trade_state").asString();
    }

    private static String id(Answer charge) {
        assertThat(charge.status()).as("%s", charge.body()).isBetween(200, 202);
        return charge.body().path("id").asString();
    }

    private String order(Answer charge) {
        return platform.orderNumberOf(id(charge));
    }

    private String status(Answer charge) {
        return platform.status(id(charge));
    }

    private String attempt(Answer charge, String column) {
        return platform.queryOne(
                "payment_channel",
                "select " + column + " from attempt where payment_id = ?",
                id(charge));
    }

    private long attempts(Answer charge) {
        return platform.count(
                "payment_channel", "select count(*) from attempt where payment_id = ?", id(charge));
    }

    private long booked(String paymentId) {
        return platform.count(
                "trade_admin", "select count(*) from journal where subject = ?", paymentId);
    }

    private void toldOnce(String paymentId, String type) {
        await().atMost(LATER).until(() -> !shop.of(paymentId, type).isEmpty());
        assertThat(shop.idsOf(paymentId, type)).hasSize(1);
    }
}

package io.ferrypay.sandbox.wechat.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

class ControlApiTest extends WireTest {

    @Test
    void an_order_can_be_looked_at() {
        var number = number();
        var code = institution.place(Institution.order(number, notifyUrl()));

        var order = order(number);

        assertThat(order.path("trade_state").stringValue()).isEqualTo("NOTPAY");
        assertThat(order.path("code_url").stringValue()).isEqualTo(code);
        assertThat(order.path("notify_url").stringValue()).isEqualTo(notifyUrl());
        assertThat(order.path("transaction")).isEqualTo(institution.query(number));
    }

    @Test
    void a_code_can_be_paid_as_somebody() {
        var number = number();
        var code = institution.place(Institution.order(number, notifyUrl()));

        var paid =
                command(
                        "/control/wechat/codes/pay",
                        "{\"code_url\":\"" + code + "\",\"openid\":\"oSomebodyElse\"}");

        assertThat(paid.path("out_trade_no").stringValue()).isEqualTo(number);
        assertThat(institution.query(number).path("payer").path("sp_openid").stringValue())
                .isEqualTo("oSomebodyElse");
    }

    @Test
    void an_order_can_be_made_to_expire() {
        var number = placed();

        command("/control/wechat/orders/" + number + "/expire", "");

        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("CLOSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pay", "decline", "expire", "notify"})
    void an_order_nobody_placed_is_not_found(String verb) {
        assertThat(status("/control/wechat/orders/nothing/" + verb, "{}")).isEqualTo(404);
    }

    @Test
    void what_the_orders_state_forbids_is_a_conflict() {
        var number = placed();
        assertThat(status("/control/wechat/orders/" + number + "/notify", "{}")).isEqualTo(409);

        pay(number);

        assertThat(status("/control/wechat/orders/" + number + "/pay", "{}")).isEqualTo(409);
        assertThat(status("/control/wechat/orders/" + number + "/decline", "{}")).isEqualTo(409);
        assertThat(status("/control/wechat/orders/" + number + "/expire", "{}")).isEqualTo(409);
    }

    @Test
    void reset_forgets_orders_faults_notices_and_the_clock() {
        faults("{\"api\":{\"query\":{\"fail_before\":true}}}");
        command("/control/clock", "{\"offset_seconds\":60,\"compression\":5}");
        var number = paid();

        command("/control/reset", "");

        assertThat(status("/control/wechat/orders/" + number + "/pay", "{}")).isEqualTo(404);
        assertThat(notifications(number)).isEmpty();
        var clock = get("/control/clock");
        assertThat(clock.path("offset_seconds").longValue()).isZero();
        assertThat(clock.path("compression").intValue()).isEqualTo(1);
        assertThat(institution.query(placed()).path("trade_state").stringValue())
                .isEqualTo("NOTPAY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"compression\":0}",
                "{\"offset_seconds\":99999999999}",
                "{\"speed\":2}",
                "{\"offset_seconds\":\"soon\"}"
            })
    void the_clock_cannot_be_moved_anyhow(String json) {
        assertThat(status("/control/clock", json)).isEqualTo(400);
    }

    @Test
    void a_page_of_another_site_cannot_steer_the_sandbox() {
        var number = placed();

        int status =
                control.post()
                        .uri("/control/wechat/orders/" + number + "/pay")
                        .header("Sec-Fetch-Site", "cross-site")
                        .exchange((_, response) -> response.getStatusCode().value());

        assertThat(status).isEqualTo(403);
        assertThat(order(number).path("trade_state").stringValue()).isEqualTo("NOTPAY");
    }

    @Test
    void the_sandbox_says_when_it_is_ready() {
        assertThat(get("/actuator/health/readiness").path("status").stringValue()).isEqualTo("UP");
        assertThat(get("/actuator/health/liveness").path("status").stringValue()).isEqualTo("UP");
    }

    private JsonNode order(String number) {
        return get("/control/wechat/orders/" + number);
    }

    private JsonNode get(String path) {
        return control.get().uri(path).retrieve().body(JsonNode.class);
    }

    @Test
    void how_long_the_company_took_is_told_apart_from_the_wire() {
        var before = times(0).path("last").longValue();
        var number = placed();
        command("/control/wechat/faults", "{\"api\":{\"query\":{\"timeout_after_ms\":150}}}");
        institution.query(number);

        var calls = times(before).path("calls");

        assertThat(calls).hasSize(2);
        assertThat(calls.get(0).path("path").stringValue()).startsWith("/v3/");
        assertThat(calls.get(0).path("micros").longValue()).isPositive();
        assertThat(calls.get(1).path("path").stringValue()).endsWith(number);
        assertThat(calls.get(1).path("micros").longValue()).isGreaterThan(150_000);
        assertThat(times(calls.get(1).path("number").longValue()).path("calls")).isEmpty();
    }

    private JsonNode times(long after) {
        return java.util.Objects.requireNonNull(
                control.get().uri("/control/times?after=" + after).retrieve().body(JsonNode.class));
    }

    private int status(String path, String json) {
        return control.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(json)
                .exchange((_, response) -> response.getStatusCode().value());
    }
}

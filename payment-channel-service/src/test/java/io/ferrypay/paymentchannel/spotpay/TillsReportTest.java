package io.ferrypay.paymentchannel.spotpay;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TillsReportTest extends RunningServiceTest {

    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");
    private static final String MEI = "cas_01JDC3VZ6Q8S7M2K4T9R5XN1AB";
    private static final String TAMA = "cas_01JDC3VZ6Q8S7M2K4T9R5XN1AC";

    private final String first = "dev_" + UUID.randomUUID();
    private final String second = "dev_" + UUID.randomUUID();

    @Test
    void sales_and_refunds_are_added_up_by_day_till_and_cashier() {
        paid(first, MEI, "10.00");
        paid(first, MEI, "15.50");
        var other = paid(first, TAMA, "20.00");
        paid(second, null, "40.00");
        refund(other, MEI, "5.00");
        var today = LocalDate.now(AUCKLAND);

        var report = report("?from=" + today + "&to=" + today);

        var rows = report.path("data");
        assertThat(rows.size()).isEqualTo(3);
        var byMei = row(rows, first, MEI);
        assertThat(byMei.path("date").asString()).isEqualTo(today.toString());
        assertThat(byMei.path("store").asString()).isEqualTo("store_01JDC3VZ6Q8S7M2K4T9R5XN1AB");
        assertThat(byMei.path("sales").asInt()).isEqualTo(2);
        assertThat(byMei.path("sales_amount").asString()).isEqualTo("25.50");
        assertThat(byMei.path("refunds").asInt()).isEqualTo(1);
        assertThat(byMei.path("refunds_amount").asString()).isEqualTo("5.00");
        assertThat(byMei.path("net_amount").asString()).isEqualTo("20.50");
        assertThat(row(rows, first, TAMA).path("net_amount").asString()).isEqualTo("20.00");
        assertThat(row(rows, second, null).path("sales_amount").asString()).isEqualTo("40.00");
        var total = report.path("totals").path(0);
        assertThat(total.path("currency").asString()).isEqualTo("NZD");
        assertThat(total.path("sales").asInt()).isEqualTo(4);
        assertThat(total.path("net_amount").asString()).isEqualTo("80.50");
        assertThat(
                        report("?from=" + today + "&to=" + today + "&cashier=" + TAMA)
                                .path("data")
                                .size())
                .isEqualTo(1);
        assertThat(
                        report("?from=" + today + "&to=" + today + "&device=" + second)
                                .path("data")
                                .size())
                .isEqualTo(1);
    }

    @Test
    void each_zone_has_its_own_day() {
        var session = paid(first, MEI, "10.00");
        // Noon of Saturday in Auckland is Saturday morning in Beijing; one o'clock at night is
        // still Friday there.
        jdbc.sql("update payment set paid_at = ?::timestamptz where id = ?")
                .params("2026-11-27T12:00:00Z", session.path("payment").asString())
                .update();
        jdbc.sql("update spotpay_session set created_at = ?::timestamptz where id = ?")
                .params("2026-11-27T11:59:00Z", session.path("id").asString())
                .update();

        assertThat(dayIn("Pacific/Auckland")).isEqualTo("2026-11-28");
        assertThat(dayIn("Asia/Shanghai")).isEqualTo("2026-11-27");
        assertThat(
                        report("?from=2026-11-28&to=2026-11-28&time_zone=Asia/Shanghai")
                                .path("data")
                                .size())
                .isZero();
    }

    private String dayIn(String zone) {
        var rows = report("?from=2026-11-27&to=2026-11-28&time_zone=" + zone).path("data");
        assertThat(rows.size()).isEqualTo(1);
        return rows.path(0).path("date").asString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?from=2026-11-01",
                "?from=2026-11-02&to=2026-11-01",
                "?from=2026-10-01&to=2026-11-01",
                "?from=2026-11-01&to=2026-11-02&time_zone=Mars",
                "?from=2026-11-01&to=2026-11-02&store=x",
                "?from=2026-11-01&to=2026-11-02&cashier=x'--",
                "?from=now&to=2026-11-02"
            })
    void what_is_no_report_is_refused(String query) {
        assertThat(codeOf(get("/v2/spotpay/reports" + query))).isEqualTo("invalid_request");
    }

    private JsonNode report(String query) {
        var answer = get("/v2/spotpay/reports" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode row(JsonNode rows, String device, @Nullable String cashier) {
        return rows.valueStream()
                .filter(row -> row.path("device").asString().equals(device))
                .filter(row ->
                        cashier == null
                                ? row.path("cashier").isNull()
                                : row.path("cashier").asString("").equals(cashier))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode paid(String device, @Nullable String cashier, String amount) {
        var answer =
                send(
                        request("/v2/spotpay/sessions", till(device, cashier, "payments:write"))
                                .header("Idempotency-Key", anyKey()),
                        "POST",
                        "{\"amount\":\""
                                + amount
                                + "\",\"currency\":\"NZD\",\"method\":\"wechat\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var order = channel.lastOrder();
        notified(order, success(order, "4200" + UUID.randomUUID()));
        var session = JSON.readTree(answer.body());
        // The wallet's word for it is of a day of its own.
        jdbc.sql("update payment set paid_at = now() where id = ?")
                .param(session.path("payment").asString())
                .update();
        return session;
    }

    private void refund(JsonNode session, String cashier, String amount) {
        var answer =
                send(
                        request(
                                        "/v2/spotpay/sessions/"
                                                + session.path("id").asString()
                                                + "/refunds",
                                        till(first, cashier, "refunds:write"))
                                .header("Idempotency-Key", anyKey()),
                        "POST",
                        "{\"amount\":\"" + amount + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private String till(String device, @Nullable String cashier, String scope) {
        return TestTokens.device(
                merchant, "test", device, cashier, List.of("payments:read", scope));
    }
}

package io.ferrypay.sandbox.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

class GatewayTest extends AlipayWireTest {

    private Map<String, String> notified() throws InterruptedException {
        var request = shop.takeRequest(10, TimeUnit.SECONDS);
        var fields = form(request.getBody().utf8());
        assertThat(fields.get("sign")).isEqualTo(sign(fields));
        return fields;
    }

    private String pay(String number, String fee) {
        return command(
                        "/control/alipay/browser/pay",
                        "{\"url\":\"%s\"}"
                                .formatted(url("create_forex_trade", inBrowser(number, fee))))
                .path("return_url")
                .asString("");
    }

    private Map<String, String> query(String number) {
        return call("single_trade_query", map("out_trade_no", number));
    }

    private Map<String, String> overseasQuery(String number) {
        return call("alipay.acquire.overseas.query", map("partner_trans_id", number));
    }

    private Map<String, String> refund(String number, String refund, String amount) {
        return call(
                "forex_refund",
                map(
                        "out_trade_no",
                        number,
                        "out_return_no",
                        refund,
                        "return_amount",
                        amount,
                        "currency",
                        "NZD",
                        "gmt_return",
                        "20261124121900",
                        "is_sync",
                        "Y",
                        "notify_url",
                        shop.url("/refunded").toString()));
    }

    @Test
    void a_browser_pays_at_the_cashier_and_is_sent_back_with_a_signature() throws Exception {
        thanks(1);
        var number = number();
        var sent = get(url("create_forex_trade", inBrowser(number, "120.00")));
        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(query(number)).containsEntry("error", "TRADE_NOT_EXIST");
        var cashier = sent.headers().firstValue("Location").orElseThrow();
        var page = get("http://127.0.0.1:" + port + cashier);
        assertThat(page.body()).contains("Harbour Honey Co", "Mānuka 蜂蜜", "¥557.20");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' http://localhost:" + shop.getPort());
        assertThat(query(number)).containsEntry("trade_status", "WAIT_BUYER_PAY");

        var paid = post(cashier, "action=pay");

        var back = paid.headers().firstValue("Location").orElseThrow();
        assertThat(back).startsWith(shop.url("/return").toString());
        var fields = form(back.substring(back.indexOf('?') + 1));
        assertThat(fields)
                .containsEntry("is_success", "T")
                .containsEntry("out_trade_no", number)
                .containsEntry("sign", sign(fields));
        assertThat(notified())
                .containsEntry("trade_status", "TRADE_FINISHED")
                .containsEntry("total_fee", "120.00")
                .containsEntry("currency", "NZD");
        assertThat(query(number))
                .containsEntry("trade_status", "TRADE_FINISHED")
                .containsEntry("total_fee", "557.20");
    }

    @Test
    void a_code_is_paid_by_what_it_says_and_then_queried() throws Exception {
        thanks(1);
        var number = number();
        var placed = call("alipay.acquire.precreate", code(number));
        assertThat(placed.get("qr_code")).startsWith("https://qr.alipay.com/bax");
        assertThat(call("alipay.acquire.precreate", code(number)).get("qr_code"))
                .isEqualTo(placed.get("qr_code"));
        assertThat(overseasQuery(number)).containsEntry("detail_error_code", "TRADE_NOT_EXIST");
        var page = get("http://127.0.0.1:" + port + "/wallet/alipay?code=" + placed.get("qr_code"));
        assertThat(page.body()).contains("Harbour Honey Co");
        assertThat(overseasQuery(number)).containsEntry("alipay_trans_status", "WAIT_BUYER_PAY");

        command(
                "/control/alipay/codes/pay",
                "{\"code_url\":\"%s\"}".formatted(placed.get("qr_code")));

        assertThat(notified())
                .containsEntry("trade_status", "TRADE_SUCCESS")
                .containsEntry("trans_currency", "NZD")
                .containsEntry("forex_total_fee", "120.00");
        assertThat(overseasQuery(number))
                .containsEntry("alipay_trans_status", "TRADE_SUCCESS")
                .containsEntry("trans_amount", "120.00")
                .containsEntry("trans_amount_cny", "557.20")
                .containsEntry("exchange_rate", "4.64330000");
    }

    @Test
    void bad_requests_are_refused_in_alipays_order() {
        var query = map("out_trade_no", "x");
        assertThat(call("no_such_service", query)).containsEntry("error", "ILLEGAL_SERVICE");
        assertThat(call("single_trade_query", map("out_trade_no", "x", "partner", "2088")))
                .containsEntry("error", "ILLEGAL_PARTNER");
        assertThat(call("single_trade_query", map("out_trade_no", "x", "sign", "0")))
                .containsEntry("error", "ILLEGAL_SIGN");
        assertThat(call("single_trade_query", map())).containsEntry("error", "ILLEGAL_ARGUMENT");
        var stale = code(number());
        stale.put("timestamp", "2020-01-01 00:00:00");
        assertThat(call("alipay.acquire.precreate", stale))
                .containsEntry("error", "ILLEGAL_ARGUMENT");
        var broken = inBrowser(number(), "120.00");
        broken.put("sign", "0");
        assertThat(get(url("create_forex_trade", broken)).body()).contains("ILLEGAL_SIGN");
    }

    @Test
    void a_code_is_closed_canceled_or_given_back() {
        var unseen = number();
        call("alipay.acquire.precreate", code(unseen));
        assertThat(call("alipay.acquire.close", map("out_trade_no", unseen)))
                .containsEntry("detail_error_code", "TRADE_NOT_EXIST");
        call("alipay.acquire.cancel", map("out_trade_no", unseen, "timestamp", beijing()));
        assertThat(overseasQuery(unseen)).containsEntry("alipay_trans_status", "TRADE_CLOSED");
        thanks(1);
        var paid = number();
        call("alipay.acquire.precreate", code(paid));
        command("/control/alipay/orders/" + paid + "/pay", "");
        assertThat(call("alipay.acquire.close", map("out_trade_no", paid)))
                .containsEntry("result_code", "FAIL");
        call("alipay.acquire.cancel", map("out_trade_no", paid, "timestamp", beijing()));
        assertThat(overseasQuery(paid))
                .containsEntry("alipay_trans_status", "TRADE_CLOSED")
                .containsKey("alipay_pay_time");
    }

    @Test
    void money_goes_back_in_parts_once_each_and_is_told() throws Exception {
        thanks(3);
        var number = number();
        pay(number, "120.00");
        notified();

        assertThat(refund(number, number + "R1", "20.00")).containsEntry("is_success", "T");
        assertThat(notified())
                .containsEntry("refund_status", "REFUND_SUCCESS")
                .containsEntry("out_return_no", number + "R1")
                .containsEntry("return_amount", "20.00");
        assertThat(refund(number, number + "R1", "20.00"))
                .containsEntry("error", "REPEATED_REFUNDMENT_REQUEST");
        assertThat(refund(number, number + "R2", "100.01"))
                .containsEntry("error", "RETURN_AMOUNT_EXCEED");
        assertThat(query(number))
                .containsEntry("to_buyer_fee", "92.87")
                .containsEntry("trade_status", "TRADE_FINISHED");
        command(
                "/control/alipay/faults",
                "{\"refunds\":\"wait\",\"applies_to\":\"%s\"}".formatted(number));
        assertThat(refund(number, number + "R3", "100.00")).containsEntry("is_success", "T");
        command("/control/alipay/refunds/" + number + "R3/fail", "");
        assertThat(notified()).containsEntry("refund_status", "REFUND_FAIL");
    }

    @Test
    void what_is_not_accepted_is_told_again_by_the_table() throws Exception {
        command("/control/clock", "{\"compression\":100000}");
        shop.enqueue(new MockResponse.Builder().code(200).body("<html>success</html>").build());
        shop.enqueue(new MockResponse.Builder().code(500).build());
        thanks(1);
        var number = number();

        pay(number, "120.00");

        var first = notified();
        assertThat(notified().get("notify_id")).isEqualTo(first.get("notify_id"));
        assertThat(notified()).isEqualTo(first);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(
                                        control.get()
                                                .uri(
                                                        "/control/alipay/notifications?out_trade_no="
                                                                + number)
                                                .retrieve()
                                                .body(String.class))
                                .contains("\"waiting\":0"));
    }

    @Test
    void ordered_faults_strike_and_are_used_up() {
        thanks(1);
        var number = number();
        pay(number, "120.00");
        command(
                "/control/alipay/faults",
                """
                {"api":{"query":{"bad_signature":1},"rates":{"html_502":1}}}
                """);

        assertThat(query(number)).containsEntry("error", "NOT_SIGNED");
        assertThat(query(number)).containsEntry("trade_status", "TRADE_FINISHED");
        assertThat(get(url("forex_rate_file", map())).statusCode()).isEqualTo(502);
        assertThat(get(url("forex_rate_file", map())).body()).contains("|100030|NZD|4.643300|");
    }

    @Test
    void at_night_a_code_is_not_refunded_at_once() {
        thanks(2);
        var number = number();
        call("alipay.acquire.precreate", code(number));
        command("/control/alipay/orders/" + number + "/pay", "");
        var beijing = ZoneOffset.ofHours(8);
        var halfPastOne =
                LocalDate.now(beijing).plusDays(1).atTime(1, 30).toEpochSecond(beijing)
                        - Instant.now().getEpochSecond();

        command("/control/clock", "{\"offset_seconds\":%d}".formatted(halfPastOne - 60));
        assertThat(spotRefund(number)).containsEntry("error", "REFUND_NOT_AVAILABLE_NOW");

        command("/control/clock", "{\"offset_seconds\":%d}".formatted(halfPastOne + 60));
        assertThat(spotRefund(number)).containsEntry("result_code", "SUCCESS");
    }

    private Map<String, String> spotRefund(String number) {
        return call(
                "alipay.acquire.overseas.spot.refund",
                map(
                        "partner_trans_id",
                        number,
                        "partner_refund_id",
                        number + "R1",
                        "refund_amount",
                        "20.00",
                        "currency",
                        "NZD",
                        "is_sync",
                        "Y",
                        "notify_url",
                        shop.url("/refunded").toString()));
    }

    @Test
    void refunds_are_refused_on_request() {
        thanks(2);
        var number = number();
        pay(number, "120.00");
        command("/control/alipay/faults", "{\"refunds\":\"refuse\"}");

        assertThat(refund(number, number + "R1", "20.00"))
                .containsEntry("error", "REFUNDMENT_VALID_DATE_EXCEED");

        command("/control/alipay/faults", "{}");
        assertThat(refund(number, number + "R1", "20.00")).containsEntry("is_success", "T");
    }

    @Test
    void a_notification_in_another_currency_is_soundly_signed() throws Exception {
        thanks(2);
        var number = number();
        pay(number, "120.00");
        assertThat(notified()).containsEntry("currency", "NZD");

        command("/control/alipay/orders/" + number + "/notify", "{\"wrong_currency\":true}");

        assertThat(notified())
                .containsEntry("currency", "THB")
                .containsEntry("total_fee", "120.00");
    }

    @Test
    void amounts_that_fail_leave_the_order_unpaid() {
        var number = number();

        assertThat(pay(number, "10.13")).isEmpty();

        assertThat(query(number)).containsEntry("trade_status", "WAIT_BUYER_PAY");
    }

    @Test
    void a_past_days_file_holds_payments_and_refunds_and_ordered_mistakes() throws Exception {
        thanks(3);
        var number = number();
        pay(number, "120.00");
        refund(number, number + "R1", "20.00");
        var today =
                LocalDate.now(ZoneOffset.ofHours(8))
                        .format(DateTimeFormatter.ofPattern("yyyyMMdd"));
        var period = map("start_date", today, "end_date", today);
        assertThat(get(url("forex_compare_file", period)).body())
                .isEqualTo("Finish date not ahead of today");

        command("/control/clock", "{\"offset_seconds\":90000}");

        assertThat(get(url("forex_compare_file", period)).body().lines())
                .satisfiesExactly(
                        line ->
                                assertThat(line)
                                        .startsWith(number + "|120.00|NZD|")
                                        .contains("|P|"),
                        line ->
                                assertThat(line)
                                        .startsWith(number + "R1|20.00|NZD|")
                                        .contains("|R|"));
        command(
                "/control/alipay/faults",
                """
                {"statement":{"missing":["%sR1"],"other_amount":["%s"],"extra":1}}
                """
                        .formatted(number, number));
        assertThat(get(url("forex_compare_file", period)).body().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(number + "|120.01|NZD|"),
                        line -> assertThat(line).startsWith("EXTRA" + today));
    }
}

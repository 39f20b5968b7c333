package io.ferrypay.sandbox.wechat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.wechat.pay.java.core.exception.ServiceException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TransactionApiTest extends WireTest {

    @Test
    void an_order_is_placed_and_shown_as_unpaid() {
        var number = number();

        var codeUrl = institution.place(Institution.order(number, notifyUrl()));

        assertThat(codeUrl).matches("weixin://wxpay/s/[0-9A-Za-z]{16}");
        var order = institution.query(number);
        assertThat(order.path("trade_state").stringValue()).isEqualTo("NOTPAY");
        assertThat(order.path("sp_mchid").stringValue()).isEqualTo(Institution.MCHID);
        assertThat(order.path("sub_mchid").stringValue()).isEqualTo(Institution.SHOP);
        assertThat(order.path("amount").toString())
                .isEqualTo("{\"total\":12000,\"currency\":\"NZD\"}");
        assertThat(order.has("id")).isFalse();
        assertThat(order.has("payer")).isFalse();
        assertThat(order.has("success_time")).isFalse();
    }

    @Test
    void a_paid_order_shows_both_legs_and_can_be_found_by_wechats_number() {
        var number = paid();

        var order = institution.query(number);

        assertThat(order.path("trade_state").stringValue()).isEqualTo("SUCCESS");
        assertThat(order.path("trade_state_desc").stringValue()).isEqualTo("支付成功");
        assertThat(order.path("id").stringValue()).matches("4200000000[0-9]{18}");
        assertThat(order.has("transaction_id")).isFalse();
        assertThat(order.path("success_time").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+08:00");
        var amount = order.path("amount");
        assertThat(amount.path("total").longValue()).isEqualTo(12000);
        assertThat(amount.path("payer_total").longValue()).isEqualTo(55740);
        assertThat(amount.path("payer_currency").stringValue()).isEqualTo("CNY");
        assertThat(amount.path("exchange_rate").toString())
                .isEqualTo("{\"type\":\"SETTLEMENT_RATE\",\"rate\":464500000}");
        var byId =
                institution.get(
                        "/v3/global/transactions/id/%s?sp_mchid=%s&sub_mchid=%s"
                                .formatted(
                                        order.path("id").stringValue(),
                                        Institution.MCHID,
                                        Institution.SHOP));
        assertThat(byId).isEqualTo(order);
    }

    @Test
    void the_same_order_again_is_the_same_code() {
        var order = Institution.order(number(), notifyUrl());

        assertThat(institution.place(order)).isEqualTo(institution.place(order));
    }

    @Test
    void the_same_order_sent_in_parallel_is_placed_once() throws Exception {
        var order = Institution.order(number(), notifyUrl());
        var codes = new ArrayList<Future<String>>();

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                codes.add(executor.submit(() -> institution.place(order)));
            }
        }

        var different = new HashSet<String>();
        for (var code : codes) {
            different.add(code.get());
        }
        assertThat(different).hasSize(1);
    }

    @Test
    void an_old_code_is_replaced_by_a_fresh_one() {
        var order = Institution.order(number(), notifyUrl());
        var first = institution.place(order);
        command("/control/clock", "{\"offset_seconds\":7201}");

        var second = institution.place(order);

        assertThat(second).isNotEqualTo(first);
        assertThat(statusOf("/control/wechat/codes/pay", "{\"code_url\":\"" + first + "\"}"))
                .isEqualTo(409);
        assertThat(statusOf("/control/wechat/codes/pay", "{\"code_url\":\"" + second + "\"}"))
                .isEqualTo(200);
    }

    @Test
    void other_terms_under_the_same_number_are_refused() {
        var order = Institution.order(number(), notifyUrl());
        institution.place(order);
        order.put("detail", Map.of("cost_price", 100));

        assertRefused(() -> institution.place(order), 400, "INVALID_REQUEST");

        order.remove("detail");
        order.put("amount", Map.of("total", 12001, "currency", "NZD"));
        assertRefused(() -> institution.place(order), 400, "INVALID_REQUEST");
    }

    @Test
    void a_paid_order_can_be_neither_placed_again_nor_closed() {
        var order = Institution.order(number(), notifyUrl());
        institution.place(order);
        var number = order.get("out_trade_no").toString();
        pay(number);

        assertRefused(() -> institution.place(order), 400, "ORDERPAID");
        assertRefused(() -> institution.close(number), 400, "ORDERPAID");
    }

    @Test
    void closing_is_repeatable_and_ends_the_order() {
        var order = Institution.order(number(), notifyUrl());
        institution.place(order);
        var number = order.get("out_trade_no").toString();

        institution.close(number);
        institution.close(number);

        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("CLOSED");
        assertRefused(() -> institution.place(order), 400, "ORDER_CLOSED");
        assertThat(statusOf("/control/wechat/orders/" + number + "/pay", "{}")).isEqualTo(409);
    }

    @Test
    void an_order_closes_by_itself_when_its_time_has_come() {
        var order = Institution.order(number(), notifyUrl());
        order.put(
                "time_expire",
                java.time.OffsetDateTime.now(java.time.ZoneOffset.ofHours(8))
                        .plusMinutes(15)
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString());
        institution.place(order);
        var number = order.get("out_trade_no").toString();

        command("/control/clock", "{\"offset_seconds\":840}");
        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("NOTPAY");
        command("/control/clock", "{\"offset_seconds\":901}");

        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("CLOSED");
        assertThat(statusOf("/control/wechat/orders/" + number + "/pay", "{}")).isEqualTo(409);
    }

    @Test
    void an_end_in_the_past_is_moved_to_a_minute_from_now() {
        var order = Institution.order(number(), notifyUrl());
        order.put("time_expire", "2020-01-01T00:00:00+08:00");

        institution.place(order);

        var number = order.get("out_trade_no").toString();
        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("NOTPAY");
        command("/control/clock", "{\"offset_seconds\":61}");
        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("CLOSED");
    }

    @Test
    void a_declined_payment_ends_the_order_unless_the_payer_may_try_again() {
        var number = placed();

        command("/control/wechat/orders/" + number + "/decline", "{\"for_good\":false}");
        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("NOTPAY");

        command("/control/wechat/orders/" + number + "/decline", "{\"reason\":\"余额不足\"}");
        var order = institution.query(number);
        assertThat(order.path("trade_state").stringValue()).isEqualTo("PAYERROR");
        assertThat(order.path("trade_state_desc").stringValue()).isEqualTo("支付失败，余额不足");
    }

    @Test
    void unknown_orders_and_those_of_another_shop_do_not_exist() {
        var number = placed();
        var elsewhere =
                "/v3/global/transactions/out-trade-no/%s?sp_mchid=%s&sub_mchid=1900000110"
                        .formatted(number, Institution.MCHID);

        assertRefused(() -> institution.query("nothing"), 404, "ORDERNOTEXIST");
        assertRefused(() -> institution.get(elsewhere), 404, "ORDERNOTEXIST");
        assertRefused(() -> institution.close("nothing"), 404, "ORDERNOTEXIST");
    }

    @Test
    void a_query_names_its_institution_and_shop() {
        var path = "/v3/global/transactions/out-trade-no/" + placed();

        assertRefused(() -> institution.get(path), 400, "PARAM_ERROR");
        assertRefused(
                () -> institution.get(path + "?sp_mchid=1900000999&sub_mchid=1900000109"),
                403,
                "NO_AUTH");
        assertRefused(
                () -> institution.get(path + "?sp_mchid=1900000100&sub_mchid=1900000999"),
                403,
                "NO_AUTH");
        assertRefused(
                () -> institution.get(path + "?mchid=1900000100&sp_mchid=1900000100"),
                400,
                "PARAM_ERROR");
    }

    @Test
    void yen_have_no_decimals() {
        var order = Institution.order(number(), notifyUrl());
        order.put("sub_mchid", "1900000110");
        order.put("amount", Map.of("total", 1000, "currency", "JPY"));
        institution.place(order);

        var paid = pay(order.get("out_trade_no").toString());

        assertThat(paid.path("transaction").path("amount").path("payer_total").longValue())
                .isEqualTo(4731);
    }

    @Test
    void other_v3_paths_are_refused_in_v3_words() {
        assertRefused(
                () -> institution.post("/v3/pay/transactions/native", Map.of()), 404, "NOT_FOUND");
    }

    private int statusOf(String path, String json) {
        return control.post()
                .uri(path)
                .contentType(org.springframework.http.MediaType.APPLICATION_JSON)
                .body(json)
                .exchange((_, response) -> response.getStatusCode().value());
    }

    private static void assertRefused(ThrowingCallable call, int status, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        e -> {
                            assertThat(e.getHttpStatusCode()).isEqualTo(status);
                            assertThat(e.getErrorCode()).isEqualTo(code);
                        });
    }
}

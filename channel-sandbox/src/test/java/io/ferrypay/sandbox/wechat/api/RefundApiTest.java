package io.ferrypay.sandbox.wechat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.wechat.pay.java.core.exception.ServiceException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import tools.jackson.databind.JsonNode;

class RefundApiTest extends WireTest {

    private String number;

    @BeforeEach
    void pay_an_order() throws Exception {
        shop.enqueue(new MockResponse.Builder().code(200).build());
        number = paid();
        shop.takeRequest(10, TimeUnit.SECONDS);
    }

    @Test
    void a_refund_is_accepted_first_and_arrives_and_is_told_by_itself() throws Exception {
        shop.enqueue(new MockResponse.Builder().code(200).build());

        var accepted = ask("R1" + number, 300);

        assertThat(accepted.has("status")).isFalse();
        assertThat(accepted.path("amount").path("payer_refund").longValue()).isEqualTo(1394);
        var told = institution.read(shop.takeRequest(10, TimeUnit.SECONDS));
        assertThat(told.path("out_refund_no").stringValue()).isEqualTo("R1" + number);
        assertThat(told.path("refund_status").stringValue()).isEqualTo("SUCCESS");
        assertThat(told.path("refund_id")).isEqualTo(accepted.path("id"));
        assertThat(told.path("out_trade_no").stringValue()).isEqualTo(number);
        assertThat(told.path("amount").path("refund").longValue()).isEqualTo(300);
        assertThat(told.path("amount").path("total").longValue()).isEqualTo(12_000);
        var known = institution.queryRefund("R1" + number);
        assertThat(known.path("status").stringValue()).isEqualTo("SUCCESS");
        assertThat(known.path("id")).isEqualTo(accepted.path("id"));
        assertThat(institution.query(number).path("trade_state").stringValue()).isEqualTo("REFUND");
        await().untilAsserted(() ->
                assertThat(events()).containsExactly("TRANSACTION.SUCCESS", "REFUND.SUCCESS"));
    }

    @Test
    void asking_twice_is_one_refund_and_other_terms_are_refused() {
        hold();

        assertThat(ask("R1" + number, 300)).isEqualTo(ask("R1" + number, 300));
        assertRefused("R1" + number, 301, 400, "INVALID_REQUEST");
    }

    @Test
    void no_more_goes_back_than_was_paid_and_the_payers_legs_add_up() {
        hold();
        ask("R1" + number, 3_333);
        command("/control/clock", "{\"offset_seconds\":61}");
        assertRefused("R2" + number, 8_668, 400, "INVALID_REQUEST");

        ask("R2" + number, 8_667);

        assertThat(payerRefund("R1" + number) + payerRefund("R2" + number)).isEqualTo(55_740);
    }

    @Test
    void a_minute_lies_between_two_refunds_of_an_order() {
        hold();
        ask("R1" + number, 100);

        assertRefused("R2" + number, 100, 429, "FREQUENCY_LIMITED");
        command("/control/clock", "{\"offset_seconds\":61}");
        assertThat(ask("R2" + number, 100).has("id")).isTrue();
    }

    @Test
    void after_a_year_it_is_too_late() {
        command("/control/clock", "{\"offset_seconds\":31622400}");

        assertRefused("R1" + number, 100, 403, "TRADE_OVERDUE");
    }

    @Test
    void an_order_that_is_not_paid_or_not_there_is_not_refunded() {
        var unpaid = placed();

        assertThatThrownBy(() -> ask(unpaid, "R1" + unpaid, 100))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo("INVALID_REQUEST"));
        assertThatThrownBy(() -> ask("nothing", "R1", 100))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> assertThat(refused.getErrorCode()).isEqualTo("ORDERNOTEXIST"));
        assertThatThrownBy(() -> institution.queryRefund("nothing"))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused ->
                                assertThat(refused.getErrorCode())
                                        .isEqualTo("RESOURCE_NOT_EXISTS"));
    }

    @Test
    void money_can_be_short_for_a_while() {
        faults("{\"refund\":{\"not_enough\":1,\"outcome\":\"PROCESSING\"}}");

        assertRefused("R1" + number, 100, 403, "NOT_ENOUGH");
        assertThat(ask("R1" + number, 100).has("id")).isTrue();
    }

    @Test
    void a_refund_can_be_held_and_ended_by_hand() throws Exception {
        hold();
        ask("R1" + number, 100);
        assertThat(status("R1" + number)).isEqualTo("PROCESSING");

        shop.enqueue(new MockResponse.Builder().code(200).build());
        command("/control/wechat/refunds/R1" + number + "/fail", "{\"status\":\"ABNORMAL\"}");

        assertThat(status("R1" + number)).isEqualTo("ABNORMAL");
        var abnormal = institution.read(shop.takeRequest(10, TimeUnit.SECONDS));
        assertThat(abnormal.path("refund_status").stringValue()).isEqualTo("ABNORMAL");

        shop.enqueue(new MockResponse.Builder().code(200).build());
        command("/control/wechat/refunds/R1" + number + "/succeed", "");

        assertThat(status("R1" + number)).isEqualTo("SUCCESS");
        var succeeded = institution.read(shop.takeRequest(10, TimeUnit.SECONDS));
        assertThat(succeeded.path("refund_status").stringValue()).isEqualTo("SUCCESS");
        assertThat(control("/control/wechat/refunds/R1" + number + "/fail")).isEqualTo(409);
        assertThat(control("/control/wechat/refunds/nothing/fail")).isEqualTo(404);
    }

    @Test
    void a_refund_wechat_gave_up_leaves_the_money_to_be_refunded_again() {
        faults("{\"refund\":{\"outcome\":\"REFUNDCLOSE\"}}");
        ask("R1" + number, 12_000);
        await().untilAsserted(() -> assertThat(status("R1" + number)).isEqualTo("REFUNDCLOSE"));
        command("/control/clock", "{\"offset_seconds\":61}");

        assertThat(ask("R2" + number, 12_000).has("id")).isTrue();
    }

    @Test
    void a_lie_about_a_refund_is_soundly_signed() throws Exception {
        shop.enqueue(new MockResponse.Builder().code(200).build());
        ask("R1" + number, 300);
        shop.takeRequest(10, TimeUnit.SECONDS);
        shop.enqueue(new MockResponse.Builder().code(400).build());

        command("/control/wechat/refunds/R1" + number + "/notify", "{\"tampered_amount\":true}");

        var lie = institution.read(shop.takeRequest(10, TimeUnit.SECONDS));
        assertThat(lie.path("amount").path("refund").longValue()).isEqualTo(301);
    }

    private void hold() {
        faults("{\"refund\":{\"outcome\":\"PROCESSING\"}}");
    }

    private JsonNode ask(String outRefundNo, long amount) {
        return ask(number, outRefundNo, amount);
    }

    private JsonNode ask(String outTradeNo, String outRefundNo, long amount) {
        return institution.post(
                "/v3/global/refunds",
                Institution.refund(outTradeNo, outRefundNo, amount, notifyUrl()));
    }

    private void assertRefused(String outRefundNo, long amount, int status, String code) {
        assertThatThrownBy(() -> ask(outRefundNo, amount))
                .isInstanceOfSatisfying(
                        ServiceException.class,
                        refused -> {
                            assertThat(refused.getHttpStatusCode()).isEqualTo(status);
                            assertThat(refused.getErrorCode()).isEqualTo(code);
                        });
    }

    private String status(String outRefundNo) {
        return institution.queryRefund(outRefundNo).path("status").stringValue();
    }

    private long payerRefund(String outRefundNo) {
        return institution.queryRefund(outRefundNo).path("amount").path("payer_refund").longValue();
    }

    private java.util.List<String> events() {
        return notifications(number)
                .valueStream()
                .map(notice -> notice.path("event_type").stringValue())
                .toList();
    }

    private int control(String path) {
        return control.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of())
                .exchange((_, response) -> response.getStatusCode().value());
    }
}

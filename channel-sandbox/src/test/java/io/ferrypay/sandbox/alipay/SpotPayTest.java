package io.ferrypay.sandbox.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A code in the payer's wallet, charged and taken back by a partner. */
class SpotPayTest extends AlipayWireTest {

    @Test
    void a_shown_code_is_paid_at_once_and_told() throws Exception {
        thanks(1);
        var number = number();

        var paid = charge(number, show("{}"));

        assertThat(paid)
                .containsEntry("result_code", "SUCCESS")
                .containsEntry("partner_trans_id", number)
                .containsEntry("trans_amount", "120.00")
                .containsEntry("trans_amount_cny", "557.20");
        assertThat(query(number))
                .containsEntry("alipay_trans_status", "TRADE_SUCCESS")
                .containsEntry("alipay_trans_id", paid.get("alipay_trans_id"));
        var told = form(shop.takeRequest(10, TimeUnit.SECONDS).getBody().utf8());
        assertThat(told.get("sign")).isEqualTo(sign(told));
        assertThat(told)
                .containsEntry("out_trade_no", number)
                .containsEntry("trade_status", "TRADE_SUCCESS")
                .containsEntry("subject", "Mānuka 蜂蜜");
    }

    @ParameterizedTest
    @ValueSource(strings = {"134588558514585062", "281111111111111111", "280000000000000003"})
    void other_codes_pay_nothing(String code) {
        var number = number();

        assertThat(charge(number, code)).containsEntry("result_code", "FAILED");
        assertThat(query(number)).containsEntry("error", "TRADE_NOT_EXIST");
    }

    @Test
    void a_code_is_good_once_and_its_charge_may_be_repeated() {
        var number = number();
        var code = show("{}");
        var first = charge(number, code);

        assertThat(charge(number, code)).isEqualTo(first);
        assertThat(charge(number(), code)).containsEntry("result_code", "FAILED");
    }

    @Test
    void whoever_has_not_enough_does_not_pay() {
        var number = number();

        assertThat(charge(number, show("{\"effect\":\"has_not_enough\"}")))
                .containsEntry("error", "BUYER_BALANCE_NOT_ENOUGH");
        assertThat(query(number)).containsEntry("alipay_trans_status", "TRADE_CLOSED");
    }

    @Test
    void a_password_makes_it_unknown_until_it_is_given() {
        var number = number();

        assertThat(charge(number, show("{\"effect\":\"asks_password\"}")))
                .containsEntry("result_code", "UNKNOW");
        assertThat(query(number)).containsEntry("alipay_trans_status", "WAIT_BUYER_PAY");
        command("/control/alipay/orders/" + number + "/pay", "");
        assertThat(query(number)).containsEntry("alipay_trans_status", "TRADE_SUCCESS");
    }

    @Test
    void a_charge_is_canceled_paid_or_not_on_its_day_only() {
        var paid = number();
        charge(paid, show("{}"));
        var waiting = number();
        charge(waiting, show("{\"effect\":\"asks_password\"}"));

        for (var number : new String[] {paid, waiting}) {
            assertThat(cancel(number)).containsEntry("result_code", "SUCCESS");
            assertThat(cancel(number)).containsEntry("result_code", "SUCCESS");
            assertThat(query(number)).containsEntry("alipay_trans_status", "TRADE_CLOSED");
        }
        var old = number();
        charge(old, show("{}"));
        command("/control/clock", "{\"offset_seconds\":%d}".formatted(25 * 3600));
        assertThat(cancel(old)).containsEntry("result_code", "FAIL");
        assertThat(query(old)).containsEntry("alipay_trans_status", "TRADE_SUCCESS");
    }

    @Test
    void what_goes_wrong_with_a_code_goes_wrong_with_its_order() {
        var number = number();
        var code = show("{}");
        command(
                "/control/alipay/faults",
                """
                {"api":{"spot_pay":{"fail_after":1},"cancel":{"fail_before":1}},"applies_to":"%s"}
                """
                        .formatted(code));

        assertThat(charge(number, code)).containsEntry("error", "SYSTEM_ERROR");
        assertThat(query(number)).containsEntry("alipay_trans_status", "TRADE_SUCCESS");
        assertThat(cancel(number)).containsEntry("error", "SYSTEM_ERROR");
        assertThat(cancel(number)).containsEntry("result_code", "SUCCESS");
    }

    private String show(String command) {
        return command("/control/alipay/pay-codes", command).path("pay_code").asString();
    }

    private Map<String, String> charge(String number, String code) {
        return call(
                "alipay.acquire.overseas.spot.pay",
                map(
                        "notify_url", shop.url("/notify").toString(),
                        "alipay_seller_id", PARTNER,
                        "trans_name", "Mānuka 蜂蜜",
                        "partner_trans_id", number,
                        "currency", "NZD",
                        "trans_amount", "120.00",
                        "buyer_identity_code", code,
                        "identity_code_type", "barcode",
                        "trans_create_time", "20261124121515",
                        "biz_product", "OVERSEAS_MBARCODE_PAY",
                        "extend_info", "{\"secondary_merchant_id\":\"HARBOURHONEY\"}"));
    }

    private Map<String, String> cancel(String number) {
        return call("alipay.acquire.cancel", map("timestamp", beijing(), "out_trade_no", number));
    }

    private Map<String, String> query(String number) {
        return call("alipay.acquire.overseas.query", map("partner_trans_id", number));
    }
}

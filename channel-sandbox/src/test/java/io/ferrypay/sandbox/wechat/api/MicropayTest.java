package io.ferrypay.sandbox.wechat.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.wechat.pay.java.core.exception.ServiceException;
import io.ferrypay.sandbox.wechat.Institution;
import io.ferrypay.sandbox.wechat.WireTest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A code in the payer's wallet, charged by the official SDK, and taken back. */
class MicropayTest extends WireTest {

    @Test
    void a_shown_code_is_paid_at_once_and_nothing_is_notified() {
        var number = number();
        var paid = charge(number, show("{}"));

        assertThat(paid.path("trade_state").stringValue()).isEqualTo("SUCCESS");
        assertThat(paid.path("trade_type").stringValue()).isEqualTo("MICROPAY");
        assertThat(paid.path("amount").path("payer_total").intValue()).isEqualTo(55740);
        assertThat(institution.query(number).path("id")).isEqualTo(paid.path("id"));
        assertThat(notifications(number)).isEmpty();
        assertThat(refused(() -> charge(number, show("{}")))).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void a_code_is_good_once_and_for_a_minute() {
        var code = show("{}");
        charge(number(), code);
        assertThat(refused(() -> charge(number(), code))).isEqualTo("AUTH_CODE_INVALID");

        var old = show("{}");
        command("/control/clock", "{\"offset_seconds\":61}");
        var number = number();
        assertThat(refused(() -> charge(number, old))).isEqualTo("AUTHCODEEXPIRE");
        assertThat(refused(() -> institution.query(number))).isEqualTo("ORDERNOTEXIST");
    }

    @ParameterizedTest
    @CsvSource({
        "280000000000000001, AUTH_CODE_INVALID",
        "131111111111111111, AUTH_CODE_INVALID",
        "130000000000000003, AUTHCODEEXPIRE",
        "130000000000000004, AUTH_CODE_INVALID",
        "12345, AUTH_CODE_INVALID"
    })
    void other_codes_pay_nothing(String code, String why) {
        assertThat(refused(() -> charge(number(), code))).isEqualTo(why);
    }

    @Test
    void whoever_has_not_enough_does_not_pay() {
        var number = number();

        assertThat(refused(() -> charge(number, show("{\"effect\":\"has_not_enough\"}"))))
                .isEqualTo("NOT_ENOUGH");
        assertThat(state(number)).isEqualTo("PAYERROR");
    }

    @Test
    void a_payer_may_have_to_give_a_password_first() {
        var number = number();
        var code = show("{\"effect\":\"asks_password\"}");

        assertThat(charge(number, code).path("code").stringValue()).isEqualTo("USERPAYING");
        assertThat(state(number)).isEqualTo("USERPAYING");
        assertThat(charge(number, code).path("code").stringValue()).isEqualTo("USERPAYING");
        pay(number);
        assertThat(state(number)).isEqualTo("SUCCESS");
    }

    @Test
    void a_charge_is_taken_back_paid_or_not_and_nobody_pays_it_afterwards() {
        var paid = number();
        charge(paid, show("{}"));
        var waiting = number();
        charge(waiting, show("{\"effect\":\"asks_password\"}"));

        for (var number : new String[] {paid, waiting}) {
            reverse(number);
            reverse(number);
            assertThat(state(number)).isEqualTo("REVOKED");
            assertThat(refused(() -> institution.close(number))).isEqualTo("none");
            assertThat(state(number)).isEqualTo("REVOKED");
        }
        assertThat(refused(() -> reverse(number()))).isEqualTo("ORDERNOTEXIST");
        assertThat(refused(() -> reverse(placed()))).isEqualTo("INVALID_REQUEST");
        var old = number();
        charge(old, show("{}"));
        command("/control/clock", "{\"offset_seconds\":%d}".formatted(7 * 86_400 + 60));
        assertThat(refused(() -> reverse(old))).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void what_goes_wrong_with_a_code_goes_wrong_with_its_order() {
        var number = number();
        var code = show("{}");
        faults(
                """
                {"api":{"micropay":{"fail_after":1},"reverse":{"fail_before":1}},"applies_to":"%s"}
                """
                        .formatted(code));

        assertThat(refused(() -> charge(number, code))).isEqualTo("SYSTEMERROR");
        assertThat(state(number)).isEqualTo("SUCCESS");
        assertThat(refused(() -> reverse(number))).isEqualTo("SYSTEMERROR");
        assertThat(state(number)).isEqualTo("SUCCESS");
        reverse(number);
        assertThat(state(number)).isEqualTo("REVOKED");
    }

    private String show(String command) {
        return command("/control/wechat/pay-codes", command).path("pay_code").stringValue();
    }

    private JsonNode charge(String number, String code) {
        var order = new LinkedHashMap<>(Institution.order(number, ""));
        order.remove("notify_url");
        order.put("trade_type", "MICROPAY");
        order.put("payer", Map.of("auth_code", code));
        return institution.post("/v3/global/micropay/transactions/pay", order);
    }

    private void reverse(String number) {
        institution.post(
                "/v3/global/micropay/transactions/out-trade-no/" + number + "/reverse",
                Map.of("sp_mchid", Institution.MCHID, "sub_mchid", Institution.SHOP));
    }

    private String state(String number) {
        return institution.query(number).path("trade_state").stringValue();
    }

    private static String refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var refusal = catchThrowableOfType(ServiceException.class, call);
        return refusal == null ? "none" : refusal.getErrorCode();
    }
}

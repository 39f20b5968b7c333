package io.ferrypay.paymentchannel.channel.alipay;

import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.alipay;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.inStore;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.key;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.map;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.order;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.refusal;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ChannelOutcome.Succeeded;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.ChargeAnswer;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.PayCodeOrder;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.channel.ReversesCharges.ReverseAnswer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Alipay's barcode payment on the wire, and taking it back. */
class ChargeTest {

    private static final String CODE = "283412345678901234";
    private static final Map<String, String> DONE =
            map(
                    "result_code", "SUCCESS",
                    "partner_trans_id", PretendAlipay.ORDER,
                    "alipay_trans_id", "2026112421001004470000000001");
    private static final Map<String, String> UNKNOWN_ORDER =
            map("result_code", "FAIL", "detail_error_code", "TRADE_NOT_EXIST");

    @TempDir private Path files;
    private PretendAlipay alipay;

    @BeforeEach
    void start() throws Exception {
        alipay = new PretendAlipay(files);
    }

    @AfterEach
    void stop() {
        alipay.close();
    }

    @Test
    void a_charge_names_the_code_and_the_shop_and_counts_when_a_query_says_so() {
        answers(alipay(DONE), alipay(inStore("TRADE_SUCCESS")));

        var answer = charge();

        var asked = alipay.asked("alipay.acquire.overseas.spot.pay");
        assertThat(asked)
                .containsEntry("alipay_seller_id", PretendAlipay.PARTNER)
                .containsEntry("partner_trans_id", PretendAlipay.ORDER)
                .containsEntry("currency", "NZD")
                .containsEntry("trans_amount", "120.00")
                .containsEntry("buyer_identity_code", CODE)
                .containsEntry("identity_code_type", "barcode")
                .containsEntry("trans_create_time", "20261124121515")
                .containsEntry("biz_product", "OVERSEAS_MBARCODE_PAY")
                .containsEntry("trans_name", "Mānuka honey 500 g 蜂蜜1")
                .containsEntry(
                        "notify_url",
                        "https://pay.example.com/channels/alipay/notifications/alipay-test/HARBOURHONEY")
                .doesNotContainKeys("timestamp", "out_trade_no");
        assertThat(JsonMapper.shared().readTree(asked.get("extend_info")))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"secondary_merchant_id":"HARBOURHONEY","secondary_merchant_name":"Harbour Honey Co",
                                         "secondary_merchant_industry":"5499","store_id":"HARBOURHONEY","store_name":"Harbour Honey Co"}
                                        """));
        var report = ((ChargeAnswer.Paid) answer).report();
        assertThat(((Succeeded) report.outcome()).charged().amountMinor()).isEqualTo(12_000);
        assertThat(report.evidence()).doesNotContain(CODE);
    }

    @Test
    void a_yes_that_no_query_repeats_is_unknown() {
        answers(alipay(DONE), alipay(inStore("WAIT_BUYER_PAY")));
        assertThat(charge()).isInstanceOf(ChargeAnswer.Unknown.class);

        answers(alipay(DONE), refusal("SYSTEM_ERROR"));
        assertThat(charge()).isInstanceOf(ChargeAnswer.Unknown.class);
    }

    @Test
    void a_payer_who_has_to_confirm_is_alipays_unknow() {
        answers(alipay(map("result_code", "UNKNOW", "error", "UNKNOWN_EXCEPTION")));
        assertThat(charge()).isEqualTo(new ChargeAnswer.PayerIsConfirming());
        assertThat(alipay.asked).hasSize(1);
    }

    @Test
    void a_no_is_one_when_alipay_knows_no_order_that_could_be_paid() {
        var no = map("result_code", "FAILED", "error", "BUYER_BALANCE_NOT_ENOUGH");
        answers(alipay(no), alipay(UNKNOWN_ORDER));
        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined("BUYER_BALANCE_NOT_ENOUGH"));

        answers(alipay(no), alipay(inStore("TRADE_CLOSED")));
        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined("BUYER_BALANCE_NOT_ENOUGH"));

        answers(alipay(no), alipay(inStore("TRADE_SUCCESS")));
        assertThat(charge()).isInstanceOf(ChargeAnswer.Paid.class);

        answers(alipay(no), alipay(inStore("WAIT_BUYER_PAY")));
        assertThat(charge()).isInstanceOf(ChargeAnswer.Unknown.class);

        answers(refusal("ILLEGAL_PARTNER_EXTERFACE"), alipay(UNKNOWN_ORDER));
        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined("ILLEGAL_PARTNER_EXTERFACE"));
    }

    @Test
    void what_alipay_does_not_sign_for_is_unknown() {
        answers(refusal("SYSTEM_ERROR"));
        assertThat(charge()).isInstanceOf(ChargeAnswer.Unknown.class);

        answers(PretendAlipay.xml(PretendAlipay.envelope("alipay", DONE, "", "UTF-8"), "UTF-8"));
        assertThat(charge()).isInstanceOf(ChargeAnswer.Unknown.class);

        answers(new MockResponse.Builder().code(502).build());
        assertThat(charge()).isInstanceOf(ChargeAnswer.Unknown.class);
        assertThat(alipay.asked).hasSize(3);
    }

    @Test
    void a_charge_is_taken_back_by_cancel() {
        var done = map("result_code", "SUCCESS", "out_trade_no", PretendAlipay.ORDER);
        answers(alipay(done));
        assertThat(reverse()).isEqualTo(new ReverseAnswer.Reversed());
        assertThat(alipay.asked("alipay.acquire.cancel"))
                .containsEntry("out_trade_no", PretendAlipay.ORDER)
                .containsKey("timestamp");

        answers(alipay(with(done, "out_trade_no", "ANOTHER")));
        assertThat(reverse()).isInstanceOf(ReverseAnswer.Unknown.class);

        answers(alipay(map("result_code", "UNKNOW")));
        assertThat(reverse()).isInstanceOf(ReverseAnswer.AskAgain.class);

        answers(alipay(map("result_code", "FAIL", "retry_flag", "Y", "detail_error_code", "X")));
        assertThat(reverse()).isEqualTo(new ReverseAnswer.AskAgain("X"));

        answers(alipay(map("result_code", "FAIL", "detail_error_code", "TRADE_CANCEL_TIME_OUT")));
        assertThat(reverse()).isEqualTo(new ReverseAnswer.Refused("TRADE_CANCEL_TIME_OUT"));

        answers(refusal("SYSTEM_ERROR"));
        assertThat(reverse()).isInstanceOf(ReverseAnswer.Unknown.class);
    }

    @Test
    void it_is_taken_back_until_a_quarter_of_an_hour_into_the_next_day_in_beijing() {
        // Begun at 12:15 on the 24th there.
        assertThat(alipay.channel().reversibleUntil(key(Flow.PAY_CODE)))
                .isEqualTo(Instant.parse("2026-11-24T16:15:00Z"));
    }

    @Test
    void closing_is_not_for_charges() {
        assertThat(alipay.channel().close(key(Flow.PAY_CODE)))
                .isEqualTo(new CloseAnswer.NotPossible());
        assertThat(alipay.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2500000000000000", "280000000000000001", "300000000000000000000000"})
    void alipays_codes_are_known_by_their_first_digits(String code) {
        assertThat(alipay.channel().recognizes(new PayCode(code))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2400000000000000", "3100000000000000", "134588558514585062"})
    void other_codes_are_not_alipays(String code) {
        assertThat(alipay.channel().recognizes(new PayCode(code))).isFalse();
    }

    private void answers(MockResponse... answers) {
        for (var answer : answers) {
            alipay.answers.add(answer);
        }
    }

    private ChargeAnswer charge() {
        return alipay.channel().charge(new PayCodeOrder(order(Flow.PAY_CODE), new PayCode(CODE)));
    }

    private ReverseAnswer reverse() {
        return alipay.channel().reverse(key(Flow.PAY_CODE));
    }
}

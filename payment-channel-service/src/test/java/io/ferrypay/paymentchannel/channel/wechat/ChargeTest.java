package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.SP_MCHID;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.SUB_MCHID;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Succeeded;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.ChargeAnswer;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.PayCodeOrder;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.channel.Payer;
import io.ferrypay.paymentchannel.channel.ReversesCharges.ReverseAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** WeChat's Quick Pay on the wire, and taking it back. */
class ChargeTest {

    private static final String CODE = "134588558514585062";
    private static final ChannelOrder ORDER = SampleOrders.order(Flow.PAY_CODE, Payer.UNKNOWN);

    @TempDir private Path files;
    private PretendWechat wechat;
    private WechatChannel channel;

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
        channel = channel(wechat.openPatiently());
    }

    @AfterEach
    void close() {
        wechat.close();
    }

    @Test
    void a_charge_names_the_order_and_the_code_and_no_address_for_notifications() throws Exception {
        wechat.answers.add(signed(200, transaction("SUCCESS")));

        var answer = charge();

        var request = wechat.asked.take();
        assertThat(request.getTarget()).isEqualTo("/v3/global/micropay/transactions/pay");
        assertThat(JsonMapper.shared().readTree(request.getBody().utf8()))
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"sp_mchid":"%s","sp_appid":"wx8888888888888888","sub_mchid":"%s","description":"Mānuka honey  500 g",
                                         "out_trade_no":"%s","trade_type":"MICROPAY","merchant_category_code":"5499",
                                         "amount":{"total":%d,"currency":"NZD"},"payer":{"auth_code":"%s"}}
                                        """
                                                .formatted(
                                                        SP_MCHID,
                                                        SUB_MCHID,
                                                        ORDER.key().orderNumber(),
                                                        ORDER.key().amount().minorUnits(),
                                                        CODE)));
        var report = ((ChargeAnswer.Paid) answer).report();
        assertThat(report.orderNumber()).isEqualTo(ORDER.key().orderNumber());
        assertThat(report.evidence()).doesNotContain(CODE).doesNotContain("openid");
        assertThat(((Succeeded) report.outcome()).channelReference())
                .isEqualTo("4200000000202611240000000001");
        assertThat(new PayCodeOrder(ORDER, new PayCode(CODE)).toString()).doesNotContain(CODE);
    }

    @Test
    void a_payer_who_types_a_password_is_said_in_any_of_three_ways() {
        wechat.answers.add(signed(200, transaction("USERPAYING")));
        assertThat(charge()).isEqualTo(new ChargeAnswer.PayerIsConfirming());

        wechat.answers.add(signed(202, "{\"code\":\"USERPAYING\",\"message\":\"需要用户输入支付密码\"}"));
        assertThat(charge()).isEqualTo(new ChargeAnswer.PayerIsConfirming());

        wechat.answers.add(error(400, "USERPAYING"));
        assertThat(charge()).isEqualTo(new ChargeAnswer.PayerIsConfirming());
    }

    @ParameterizedTest
    @CsvSource({
        "400, AUTH_CODE_INVALID, AUTH_CODE_INVALID",
        "400, AUTHCODEEXPIRE, AUTH_CODE_INVALID",
        "403, NOT_ENOUGH, NOT_ENOUGH",
        "403, RULE_LIMIT, RULE_LIMIT",
        "400, USER_ACCOUNT_ABNORMAL, USER_ACCOUNT_ABNORMAL"
    })
    void an_unsigned_no_is_one_when_wechat_knows_nothing_that_could_be_paid(
            int status, String code, String told) {
        wechat.answers.add(error(status, code));
        wechat.answers.add(error(404, "ORDERNOTEXIST"));
        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined(told));

        wechat.answers.add(error(status, code));
        wechat.answers.add(signed(200, transaction("SUCCESS")));
        assertThat(charge()).isInstanceOf(ChargeAnswer.Paid.class);

        wechat.answers.add(error(status, code));
        wechat.answers.add(signed(200, transaction("USERPAYING")));
        assertThat(charge()).isEqualTo(new ChargeAnswer.PayerIsConfirming());

        wechat.answers.add(error(status, code));
        wechat.answers.add(html(502));
        assertThat(charge()).isInstanceOf(ChargeAnswer.Unknown.class);
    }

    @Test
    void what_cannot_be_read_or_trusted_is_unknown() {
        for (var answer :
                new MockResponse[] {
                    error(500, "SYSTEMERROR"),
                    error(400, "A_CODE_NOBODY_TOLD_US"),
                    html(502),
                    signed(200, "{}"),
                    signed(200, transaction("SUCCESS").replace("\"amount\"", "\"other\"")),
                    signed(
                            200,
                            transaction("SUCCESS").replace(ORDER.key().orderNumber(), "ANOTHER")),
                    new MockResponse.Builder()
                            .code(200)
                            .setHeader("Content-Type", "application/json")
                            .body(transaction("SUCCESS"))
                            .build()
                }) {
            wechat.answers.add(answer);
            assertThat(charge()).isInstanceOf(ChargeAnswer.Unknown.class);
        }
        wechat.answers.add(signed(200, transaction("PAYERROR")));
        assertThat(charge()).isEqualTo(new ChargeAnswer.Declined("PAYERROR"));
    }

    @Test
    void a_reverse_is_done_when_wechat_signs_for_it() throws Exception {
        wechat.answers.add(signed(204, ""));

        assertThat(reverse()).isEqualTo(new ReverseAnswer.Reversed());

        var request = wechat.asked.take();
        assertThat(request.getTarget())
                .isEqualTo(
                        "/v3/global/micropay/transactions/out-trade-no/"
                                + ORDER.key().orderNumber()
                                + "/reverse");
        assertThat(request.getBody().utf8())
                .isEqualTo(
                        "{\"sp_mchid\":\"%s\",\"sub_mchid\":\"%s\"}"
                                .formatted(SP_MCHID, SUB_MCHID));
    }

    @Test
    void a_reverse_without_a_good_answer_is_asked_for_again() {
        wechat.answers.add(error(500, "SYSTEMERROR"));
        assertThat(reverse()).isInstanceOf(ReverseAnswer.Unknown.class);

        wechat.answers.add(new MockResponse.Builder().code(204).build());
        assertThat(reverse()).isInstanceOf(ReverseAnswer.Unknown.class);

        wechat.answers.add(error(429, "FREQUENCY_LIMITED"));
        assertThat(reverse()).isInstanceOf(ReverseAnswer.AskAgain.class);

        wechat.answers.add(error(404, "ORDERNOTEXIST"));
        assertThat(reverse()).isEqualTo(new ReverseAnswer.Refused("ORDER_NOT_EXIST"));
        assertThat(channel.reversibleUntil(ORDER.key()))
                .isEqualTo(ORDER.key().createdAt().plus(Duration.ofDays(7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100000000000000000", "159999999999999999"})
    void wechats_codes_are_known_by_their_first_digits(String code) {
        assertThat(channel.recognizes(new PayCode(code))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "160000000000000000",
                "280000000000000001",
                "10000000000000000",
                "1000000000000000000"
            })
    void other_codes_are_not_wechats(String code) {
        assertThat(channel.recognizes(new PayCode(code))).isFalse();
    }

    private ChargeAnswer charge() {
        return channel.charge(new PayCodeOrder(ORDER, new PayCode(CODE)));
    }

    private ReverseAnswer reverse() {
        return channel.reverse(ORDER.key());
    }

    private static String transaction(String state) {
        return """
        {"sp_mchid":"%s","sub_mchid":"%s","sp_appid":"wx8888888888888888","out_trade_no":"%s","id":"4200000000202611240000000001",
         "trade_type":"MICROPAY","trade_state":"%s","trade_state_desc":"支付成功","bank_type":"CMC","success_time":"2026-11-24T12:18:05+08:00",
         "payer":{"sp_openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
         "amount":{"total":%d,"currency":"NZD","payer_total":3999,"payer_currency":"CNY","exchange_rate":{"type":"SETTLEMENT_RATE","rate":450337837}}}
        """
                .formatted(
                        SP_MCHID,
                        SUB_MCHID,
                        ORDER.key().orderNumber(),
                        state,
                        ORDER.key().amount().minorUnits());
    }
}

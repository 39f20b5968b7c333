package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.KEY;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefundTest {

    static final String NUMBER = "RF01JD00000000000000000000000001";
    private static final RefundOrder ORDER =
            new RefundOrder(
                    NUMBER,
                    KEY,
                    "4200000000202611240000000001",
                    Flow.QR,
                    new Money(12_000, Currency.of("NZD")),
                    new Money(0, Currency.of("NZD")),
                    new Money(300, Currency.of("NZD")),
                    "out of stock",
                    Instant.parse("2026-11-24T04:20:05Z"),
                    Instant.parse("2026-11-25T01:00:00Z"));
    private static final String ID = "50000000382026112400000000001";

    @TempDir Path files;
    private PretendWechat wechat;
    private WechatChannel channel;

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
        channel = channel(wechat.open());
    }

    @AfterEach
    void close() {
        wechat.close();
    }

    @Test
    void a_refund_is_asked_for_as_wechat_documents_it() throws Exception {
        wechat.answers.add(signed(200, accepted()));

        assertThat(channel.refund(ORDER)).isEqualTo(new RefundAnswer.Accepted(ID));

        var request = wechat.asked.take();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/v3/global/refunds");
        assertThat(WechatJson.MAPPER.readTree(request.getBody().utf8()))
                .isEqualTo(
                        WechatJson.MAPPER.readTree(
                                """
                                {"sp_mchid":"1900000100","sp_appid":"wx8888888888888888","sub_mchid":"1900000109",
                                 "out_trade_no":"FP01JD000000000000000001","out_refund_no":"RF01JD00000000000000000000000001",
                                 "reason":"out of stock","amount":{"refund":300,"total":12000,"currency":"NZD"},
                                 "notify_url":"https://pay.example.com/channels/wechat/notifications/wechat_test"}
                                """));
    }

    @Test
    void wechats_rules_are_said() {
        var rules = channel.refundRules(Flow.QR);

        assertThat(rules.window()).isEqualTo(Duration.ofDays(365));
        assertThat(rules.mostPerOrder()).isEqualTo(50);
        assertThat(rules.spacingPerOrder()).isEqualTo(Duration.ofMinutes(1));
        assertThat(rules.repeatable()).isTrue();
        assertThat(rules.pause()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NOT_ENOUGH", "FREQUENCY_LIMITED", "SIGN_ERROR", "NO_AUTH"})
    void what_passes_is_a_reason_to_ask_again_later(String code) {
        wechat.answers.add(error(code.equals("FREQUENCY_LIMITED") ? 429 : 403, code));

        assertThat(channel.refund(ORDER)).isInstanceOf(RefundAnswer.NotNow.class);
        assertThat(wechat.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARAM_ERROR",
                "INVALID_REQUEST",
                "TRADE_OVERDUE",
                "RULE_LIMIT",
                "ACCOUNT_ERROR",
                "TRADE_ERROR",
                "ORDERNOTEXIST"
            })
    void a_no_is_final_once_wechat_does_not_know_the_refund(String code) {
        wechat.answers.add(error(400, code));
        wechat.answers.add(error(404, "RESOURCE_NOT_EXISTS"));

        assertThat(channel.refund(ORDER)).isInstanceOf(RefundAnswer.Failed.class);
        assertThat(wechat.asked).hasSize(2);
    }

    @Test
    void a_no_to_what_was_accepted_before_is_no_no() {
        wechat.answers.add(error(400, "INVALID_REQUEST"));
        wechat.answers.add(signed(200, known("PROCESSING")));
        wechat.answers.add(error(400, "INVALID_REQUEST"));
        wechat.answers.add(html(502));

        assertThat(channel.refund(ORDER)).isEqualTo(new RefundAnswer.Accepted(ID));
        assertThat(channel.refund(ORDER)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void an_answer_that_cannot_be_trusted_is_neither_yes_nor_no() {
        wechat.answers.add(
                signed(200, accepted()).newBuilder().headersDelay(5, TimeUnit.SECONDS).build());
        wechat.answers.add(error(500, "SYSTEMERROR"));
        wechat.answers.add(error(500, "BIZERR_NEED_RETRY"));
        wechat.answers.add(html(502));
        wechat.answers.add(error(400, "NOBODY_TOLD_US"));
        wechat.answers.add(
                new MockResponse.Builder()
                        .code(200)
                        .setHeader("Content-Type", "application/json")
                        .body(accepted())
                        .build());
        wechat.answers.add(
                signed(
                        200,
                        accepted(),
                        PretendWechat.PLATFORM.serial(),
                        PretendWechat.MERCHANT_KEYS.getPrivate(),
                        Instant.now()));
        wechat.answers.add(signed(200, accepted().replace(NUMBER, "ANOTHER1")));
        wechat.answers.add(signed(200, "{}"));

        for (int i = 0; i < 9; i++) {
            assertThat(channel.refund(ORDER)).isInstanceOf(RefundAnswer.Unknown.class);
        }
    }

    @Test
    void a_refund_that_arrived_is_reported_with_what_the_payer_gets() throws Exception {
        wechat.answers.add(signed(200, known("SUCCESS")));

        assertThat(channel.queryRefund(ORDER))
                .isEqualTo(
                        new RefundAnswer.Succeeded(
                                ID,
                                new Money(1394, Currency.of("CNY")),
                                Instant.parse("2026-11-25T01:20:05Z")));
        assertThat(wechat.asked.take().getTarget())
                .isEqualTo(
                        "/v3/global/refunds/out-refund-no/"
                                + NUMBER
                                + "?sp_mchid=1900000100&sub_mchid=1900000109");
    }

    @Test
    void every_state_has_its_meaning() {
        wechat.answers.add(signed(200, known("PROCESSING")));
        wechat.answers.add(signed(200, known("ABNORMAL")));
        wechat.answers.add(signed(200, known("REFUNDCLOSE")));
        wechat.answers.add(signed(200, known("CLOSED")));
        wechat.answers.add(signed(200, known("BRAND_NEW")));
        wechat.answers.add(signed(200, known("SUCCESS").replace("\"status\"", "\"other\"")));

        assertThat(channel.queryRefund(ORDER)).isEqualTo(new RefundAnswer.Accepted(ID));
        assertThat(channel.queryRefund(ORDER)).isEqualTo(new RefundAnswer.NeedsAPerson(ID));
        assertThat(channel.queryRefund(ORDER)).isEqualTo(new RefundAnswer.Failed("REFUNDCLOSE"));
        assertThat(channel.queryRefund(ORDER)).isEqualTo(new RefundAnswer.Failed("REFUNDCLOSE"));
        assertThat(channel.queryRefund(ORDER)).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(channel.queryRefund(ORDER)).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void a_refund_wechat_never_saw_is_not_found() {
        wechat.answers.add(error(404, "RESOURCE_NOT_EXISTS"));

        assertThat(channel.queryRefund(ORDER)).isEqualTo(new RefundAnswer.NotFound());
    }

    @Test
    void an_answer_about_something_else_is_not_believed() {
        wechat.answers.add(signed(200, known("SUCCESS").replace(NUMBER, "ANOTHER1")));
        wechat.answers.add(signed(200, known("SUCCESS").replace(KEY.orderNumber(), "ANOTHER1")));
        wechat.answers.add(
                signed(200, known("SUCCESS").replace("\"refund\":300", "\"refund\":301")));
        wechat.answers.add(signed(200, known("SUCCESS").replace("NZD", "USD")));
        wechat.answers.add(signed(200, known("SUCCESS").replace("\"amount\"", "\"other\"")));
        wechat.answers.add(html(200));
        wechat.answers.add(error(401, "SIGN_ERROR"));

        for (int i = 0; i < 7; i++) {
            assertThat(channel.queryRefund(ORDER)).isInstanceOf(RefundAnswer.Unknown.class);
        }
    }

    private static String accepted() {
        return """
        {"id":"%s","out_refund_no":"%s","create_time":"2026-11-25T09:00:01+08:00",
         "amount":{"refund":300,"currency":"NZD","payer_refund":1394,"payer_currency":"CNY",
                   "exchange_rate":{"type":"USERPAYMENT_RATE","rate":464500000}}}\
        """
                .formatted(ID, NUMBER);
    }

    private static String known(String status) {
        return """
        {"id":"%s","out_refund_no":"%s","transaction_id":"4200000000202611240000000001",
         "out_trade_no":"FP01JD000000000000000001","channel":"ORIGINAL","recv_account":"招商银行信用卡0403",
         "fund_source":"REFUND_SOURCE_UNSETTLED_FUNDS","create_time":"2026-11-25T09:00:01+08:00",
         "success_time":"2026-11-25T09:20:05+08:00","status":"%s",
         "amount":{"refund":300,"currency":"NZD","payer_refund":1394,"payer_currency":"CNY",
                   "exchange_rate":{"type":"USERPAYMENT_RATE","rate":464500000}}}\
        """
                .formatted(ID, NUMBER, status);
    }
}

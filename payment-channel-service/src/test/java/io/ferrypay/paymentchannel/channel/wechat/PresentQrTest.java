package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.CODE;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.EXPIRES;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.ORDER;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.paid;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.transaction;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresentQrTest {

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
    void an_order_is_placed_as_wechat_documents_it() throws Exception {
        wechat.answers.add(signed(200, CODE));

        var answer = channel.offer(ORDER);

        assertThat(answer)
                .isEqualTo(
                        new OfferAnswer.Ready(
                                new Offer.ShowQr("weixin://wxpay/s/An4baqw"), EXPIRES));
        var request = wechat.asked.take();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget()).isEqualTo("/v3/global/transactions/native");
        assertThat(request.getHeaders().get("Accept")).isEqualTo("application/json");
        assertThat(request.getHeaders().get("Content-Type")).startsWith("application/json");
        assertThat(request.getHeaders().get("User-Agent")).startsWith("WechatPay-Java/0.2.17");
        assertThat(request.getHeaders().get("Wechatpay-Serial"))
                .isEqualTo(PretendWechat.PLATFORM.serial());
        assertThat(WechatJson.MAPPER.readTree(request.getBody().utf8()))
                .isEqualTo(
                        WechatJson.MAPPER.readTree(
                                """
                                {"sp_mchid":"1900000100","sp_appid":"wx8888888888888888","sub_mchid":"1900000109",
                                 "description":"Mānuka honey  500 g","out_trade_no":"FP01JD000000000000000001",
                                 "notify_url":"https://pay.example.com/channels/wechat/notifications/wechat_test",
                                 "trade_type":"NATIVE","merchant_category_code":"5499",
                                 "time_expire":"2026-11-24T12:30:15+08:00","amount":{"total":12000,"currency":"NZD"}}
                                """));
    }

    @Test
    void the_same_order_makes_the_same_bytes() throws Exception {
        wechat.answers.add(signed(200, CODE));
        wechat.answers.add(signed(200, CODE));

        channel.offer(ORDER);
        channel.offer(ORDER);

        assertThat(wechat.asked.take().getBody()).isEqualTo(wechat.asked.take().getBody());
    }

    @Test
    void a_server_error_is_answered_with_the_same_request_once_more() {
        wechat.answers.add(error(500, "SYSTEMERROR"));
        wechat.answers.add(signed(200, CODE));

        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Ready.class);
        assertThat(wechat.asked)
                .hasSize(2)
                .extracting(request -> request.getBody().utf8())
                .matches(bodies -> bodies.getFirst().equals(bodies.getLast()));
    }

    @Test
    void a_second_server_error_leaves_the_outcome_unknown() {
        wechat.answers.add(error(500, "SYSTEM_ERROR"));
        wechat.answers.add(html(502));

        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Unknown.class);
        assertThat(wechat.asked).hasSize(2);
    }

    @Test
    void a_read_timeout_after_wechat_acted_is_unknown_and_the_repeat_finds_the_order() {
        wechat.answers.add(
                signed(200, CODE).newBuilder().headersDelay(5, TimeUnit.SECONDS).build());
        wechat.answers.add(signed(200, CODE));

        var first = channel.offer(ORDER);
        var second = channel.offer(ORDER);

        assertThat(first).isEqualTo(new OfferAnswer.Unknown("SocketTimeoutException"));
        assertThat(second).isInstanceOf(OfferAnswer.Ready.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PARAM_ERROR",
                "RULE_LIMIT",
                "ACCOUNT_ERROR",
                "ORDER_CLOSED",
                "ORDERCLOSED",
                "SIGN_ERROR",
                "NO_AUTH",
                "NOAUTH",
                "APPID_MCHID_NOT_MATCH",
                "MCH_NOT_EXISTS"
            })
    void a_definite_no_is_a_refusal(String code) {
        wechat.answers.add(error(400, code));

        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Refused.class);
        assertThat(wechat.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDERPAID", "ORDER_PAID"})
    void creating_what_is_paid_says_so(String code) {
        wechat.answers.add(error(400, code));

        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.AlreadyPaid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INVALID_REQUEST", "OUT_TRADE_NO_USED"})
    void a_number_in_use_is_looked_up_before_it_is_called_refused(String code) {
        wechat.answers.add(error(400, code));
        wechat.answers.add(error(404, "ORDER_NOT_EXIST"));
        wechat.answers.add(error(400, code));
        wechat.answers.add(signed(200, transaction("NOTPAY")));
        wechat.answers.add(error(400, code));
        wechat.answers.add(signed(200, paid()));

        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Refused.class);
        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.Unknown.class);
        assertThat(channel.offer(ORDER)).isInstanceOf(OfferAnswer.AlreadyPaid.class);
    }
}

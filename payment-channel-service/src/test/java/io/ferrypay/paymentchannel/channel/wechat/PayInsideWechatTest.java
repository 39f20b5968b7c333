package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.APP_SECRET;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.html;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.EXPIRES;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.IdentifiesPayers.IdentityAnswer;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import io.ferrypay.paymentchannel.channel.Payer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** JSAPI: our page is open inside WeChat. */
@ExtendWith(OutputCaptureExtension.class)
class PayInsideWechatTest {

    private static final String OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";
    private static final Payer KNOWN = new Payer("203.0.113.7", OPENID, null, null);

    @TempDir Path files;
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
    void the_browser_is_sent_to_be_recognised_in_wechats_order_of_words() {
        var address =
                channel.identify(
                        "wechat_test",
                        URI.create("https://pay.example.com/checkout/n0nce/payer/wechat_test"),
                        "abc123");

        assertThat(address)
                .hasToString(
                        "https://open.weixin.qq.com/connect/oauth2/authorize?appid=wx8888888888888888"
                                + "&redirect_uri=https%3A%2F%2Fpay.example.com%2Fcheckout%2Fn0nce%2Fpayer%2Fwechat_test"
                                + "&response_type=code&scope=snsapi_base&state=abc123#wechat_redirect");
    }

    @Test
    void a_code_is_swapped_for_the_openid() throws Exception {
        wechat.answers.add(
                told(
                        "{\"access_token\":\"AT\",\"expires_in\":7200,\"refresh_token\":\"RT\",\"openid\":\""
                                + OPENID
                                + "\",\"scope\":\"snsapi_base\"}"));

        var answer = channel.payerOf("wechat_test", "c0de+/&");

        assertThat(answer).isEqualTo(new IdentityAnswer.Known(OPENID));
        var asked = wechat.asked.take();
        assertThat(asked.getMethod()).isEqualTo("GET");
        assertThat(asked.getUrl().encodedPath()).isEqualTo("/sns/oauth2/access_token");
        assertThat(asked.getUrl().queryParameter("appid")).isEqualTo("wx8888888888888888");
        assertThat(asked.getUrl().queryParameter("secret")).isEqualTo(APP_SECRET);
        assertThat(asked.getUrl().queryParameter("code")).isEqualTo("c0de+/&");
        assertThat(asked.getUrl().queryParameter("grant_type")).isEqualTo("authorization_code");
    }

    @ParameterizedTest
    @ValueSource(ints = {40029, 40163})
    void a_code_that_is_wrong_or_used_up_sends_the_browser_once_more(int errcode) {
        wechat.answers.add(told("{\"errcode\":%d,\"errmsg\":\"no, rid: 1\"}".formatted(errcode)));

        assertThat(channel.payerOf("wechat_test", "code"))
                .isEqualTo(new IdentityAnswer.Refused(Integer.toString(errcode)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errcode\":40013,\"errmsg\":\"invalid appid\"}",
                "{\"errcode\":40125,\"errmsg\":\"invalid appsecret\"}",
                "{\"errcode\":-1,\"errmsg\":\"system busy\"}",
                "{\"openid\":\"\"}",
                "{\"openid\":\"o<script>\"}",
                "{}",
                "[]",
                "",
                "<html></html>",
            })
    void anything_else_tells_nobody_who_it_is(String answer) {
        wechat.answers.add(told(answer));

        assertThat(channel.payerOf("wechat_test", "code"))
                .isInstanceOf(IdentityAnswer.Unknown.class);
    }

    @Test
    void a_silent_failing_or_endless_answer_tells_nobody_either() {
        wechat.answers.add(told("{}").newBuilder().headersDelay(5, TimeUnit.SECONDS).build());
        wechat.answers.add(html(502));
        wechat.answers.add(told("{\"openid\":\"" + "o".repeat(2 << 20) + "\"}"));

        for (int i = 0; i < 3; i++) {
            assertThat(channel.payerOf("wechat_test", "code"))
                    .isInstanceOf(IdentityAnswer.Unknown.class);
        }
    }

    @Test
    void no_code_asks_nobody() {
        assertThat(channel.payerOf("wechat_test", "")).isInstanceOf(IdentityAnswer.Refused.class);
        assertThat(channel.payerOf("wechat_test", "c".repeat(513)))
                .isInstanceOf(IdentityAnswer.Refused.class);
        assertThat(wechat.asked).isEmpty();
    }

    @Test
    void neither_secret_nor_openid_is_written_down(CapturedOutput output) {
        wechat.answers.add(told("{\"errcode\":40125,\"errmsg\":\"%s\"}".formatted(APP_SECRET)));
        wechat.answers.add(told("{}").newBuilder().headersDelay(5, TimeUnit.SECONDS).build());
        wechat.answers.add(error(400, "PARAM_ERROR"));

        channel.payerOf("wechat_test", "code");
        channel.payerOf("wechat_test", "code");
        channel.offer(order(KNOWN));

        assertThat(output.getAll())
                .contains("errcode 40125", "SocketTimeoutException", "PARAM_ERROR")
                .doesNotContain(APP_SECRET)
                .doesNotContain(OPENID);
    }

    @Test
    void an_order_names_its_payer() throws Exception {
        wechat.answers.add(signed(200, "{\"prepay_id\":\"wx20261124\"}"));

        channel.offer(order(KNOWN));

        var request = wechat.asked.take();
        assertThat(request.getTarget()).isEqualTo("/v3/global/transactions/jsapi");
        assertThat(WechatJson.MAPPER.readTree(request.getBody().utf8()))
                .isEqualTo(
                        WechatJson.MAPPER.readTree(
                                """
                                {"sp_mchid":"1900000100","sp_appid":"wx8888888888888888","sub_mchid":"1900000109",
                                 "description":"Mānuka honey  500 g","out_trade_no":"FP01JD000000000000000001",
                                 "notify_url":"https://pay.example.com/channels/wechat/notifications/wechat_test",
                                 "trade_type":"JSAPI","merchant_category_code":"5499",
                                 "time_expire":"2026-11-24T12:30:15+08:00","amount":{"total":12000,"currency":"NZD"},
                                 "payer":{"sp_openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}}
                                """));
    }

    @Test
    void the_wallet_is_called_with_what_the_institution_signed() throws Exception {
        wechat.answers.add(signed(200, "{\"prepay_id\":\"wx20261124\"}"));

        var answer = channel.offer(order(KNOWN));

        assertThat(answer).isInstanceOf(OfferAnswer.Ready.class);
        var ready = (OfferAnswer.Ready) answer;
        assertThat(ready.expiresAt()).isEqualTo(EXPIRES);
        var parameters = ((Offer.CallWallet) ready.offer()).parameters();
        assertThat(parameters)
                .containsOnlyKeys(
                        "appId", "timeStamp", "nonceStr", "package", "signType", "paySign")
                .containsEntry("appId", "wx8888888888888888")
                .containsEntry("package", "prepay_id=wx20261124")
                .containsEntry("signType", "RSA");
        assertThat(parameters.get("timeStamp")).matches("[0-9]{10}");
        assertThat(parameters.get("nonceStr")).matches("[0-9A-Za-z]{32}");
        assertThat(fits(parameters)).isTrue();
    }

    @Test
    void somebody_we_do_not_know_cannot_pay_here() {
        assertThat(channel.offer(order(Payer.UNKNOWN)))
                .isEqualTo(new OfferAnswer.Refused("payer_not_known"));
        assertThat(wechat.asked).isEmpty();
    }

    @Test
    void an_answer_without_prepay_id_leaves_the_outcome_unknown() {
        wechat.answers.add(signed(200, "{\"code_url\":\"weixin://wxpay/s/An4baqw\"}"));

        assertThat(channel.offer(order(KNOWN))).isInstanceOf(OfferAnswer.Unknown.class);
    }

    private static io.ferrypay.paymentchannel.channel.ChannelOrder order(Payer payer) {
        return SampleOrders.order(Flow.IN_WALLET, payer);
    }

    /** WeChat's OAuth says text/plain, and 200 whatever happened. */
    private static MockResponse told(String body) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/plain")
                .body(body)
                .build();
    }

    private static boolean fits(Map<String, String> parameters) throws GeneralSecurityException {
        var verification = Signature.getInstance("SHA256withRSA");
        verification.initVerify(PretendWechat.MERCHANT_KEYS.getPublic());
        verification.update(
                "%s\n%s\n%s\n%s\n"
                        .formatted(
                                parameters.get("appId"),
                                parameters.get("timeStamp"),
                                parameters.get("nonceStr"),
                                parameters.get("package"))
                        .getBytes(StandardCharsets.UTF_8));
        return verification.verify(Base64.getDecoder().decode(parameters.get("paySign")));
    }
}

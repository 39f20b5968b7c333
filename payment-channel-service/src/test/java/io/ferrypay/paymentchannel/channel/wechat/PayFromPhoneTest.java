package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.EXPIRES;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import io.ferrypay.paymentchannel.channel.Payer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MWEB: a phone's browser calls WeChat up. */
class PayFromPhoneTest {

    private static final Payer SOMEBODY = new Payer("203.0.113.7", null, null, null);
    private static final String MWEB_URL =
            "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2026&package=1037687096";

    @TempDir Path files;
    private PretendWechat wechat;

    @BeforeEach
    void open() throws IOException {
        wechat = new PretendWechat(files);
    }

    @AfterEach
    void close() {
        wechat.close();
    }

    @Test
    void an_order_says_where_it_is_paid_from() throws Exception {
        wechat.answers.add(signed(200, "{\"mweb_url\":\"" + MWEB_URL + "\"}"));

        channel(wechat.open()).offer(SampleOrders.order(Flow.MOBILE, SOMEBODY));

        var request = wechat.asked.take();
        assertThat(request.getTarget()).isEqualTo("/v3/global/transactions/mweb");
        var body = WechatJson.MAPPER.readTree(request.getBody().utf8());
        assertThat(body.path("trade_type").stringValue()).isEqualTo("MWEB");
        assertThat(body.has("payer")).isFalse();
        assertThat(body.path("scene_info"))
                .isEqualTo(
                        WechatJson.MAPPER.readTree(
                                """
                                {"payer_client_ip":"203.0.113.7",
                                 "store_info":{"id":"1900000109","name":"Harbour Honey Co","address":"1 Quay Street, Auckland"}}
                                """));
    }

    @Test
    void the_browser_is_sent_to_wechat_and_told_where_to_come_back() {
        wechat.answers.add(signed(200, "{\"mweb_url\":\"" + MWEB_URL + "\"}"));

        var answer = channel(wechat.open()).offer(SampleOrders.order(Flow.MOBILE, SOMEBODY));

        assertThat(answer)
                .isEqualTo(
                        new OfferAnswer.Ready(
                                new Offer.Redirect(
                                        MWEB_URL
                                                + "&redirect_url=https%3A%2F%2Fpay.example%2Fpay%2Fnonce"),
                                EXPIRES));
    }

    @Test
    void the_other_name_some_have_seen_is_understood_too() {
        wechat.answers.add(signed(200, "{\"h5_url\":\"" + MWEB_URL + "\"}"));

        assertThat(channel(wechat.open()).offer(SampleOrders.order(Flow.MOBILE, SOMEBODY)))
                .isInstanceOf(OfferAnswer.Ready.class);
    }

    @Test
    void the_address_works_for_five_minutes() {
        var now = Instant.parse("2026-11-24T04:15:20Z");
        wechat.answers.add(signed(200, "{\"mweb_url\":\"" + MWEB_URL + "\"}"));
        var account = wechat.open(Clock.fixed(now, ZoneOffset.UTC));
        var channel =
                new WechatChannel(
                        new WechatAccounts(java.util.List.of(account)),
                        java.time.Duration.ofMinutes(1),
                        PretendWechat.CHARGES,
                        Clock.fixed(now, ZoneOffset.UTC));

        var answer = channel.offer(SampleOrders.order(Flow.MOBILE, SOMEBODY));

        assertThat(((OfferAnswer.Ready) answer).expiresAt())
                .isEqualTo(Instant.parse("2026-11-24T04:20:20Z"));
    }

    @Test
    void without_the_payers_address_there_is_no_order() {
        assertThat(channel(wechat.open()).offer(SampleOrders.order(Flow.MOBILE, Payer.UNKNOWN)))
                .isEqualTo(new OfferAnswer.Refused("payer_not_known"));
        assertThat(wechat.asked).isEmpty();
    }

    @Test
    void what_wechat_has_not_approved_is_not_offered() {
        var bare = wechat.account(null, true);
        var account =
                new WechatProperties.Account(
                        bare.id(),
                        bare.mode(),
                        bare.spMchid(),
                        bare.spAppid(),
                        bare.merchantSerial(),
                        bare.privateKeyFile(),
                        bare.apiV3KeyFile(),
                        bare.baseUrl(),
                        bare.notifyBaseUrl(),
                        null,
                        null,
                        true,
                        null,
                        bare.oauthAuthorizeUrl(),
                        bare.oauthApiUrl(),
                        false,
                        bare.h5StoreAddress(),
                        null,
                        V2Signature.Kind.MD5);
        var channel = channel(wechat.open(account));

        assertThat(channel.flows("wechat_test")).containsExactly(Flow.QR);
        assertThat(channel.offer(SampleOrders.order(Flow.MOBILE, SOMEBODY)))
                .isEqualTo(new OfferAnswer.Refused("flow_not_offered"));
        assertThat(channel(wechat.open()).flows("wechat_test"))
                .containsExactlyInAnyOrder(Flow.QR, Flow.IN_WALLET, Flow.MOBILE);
        assertThat(wechat.asked).isEmpty();
    }
}

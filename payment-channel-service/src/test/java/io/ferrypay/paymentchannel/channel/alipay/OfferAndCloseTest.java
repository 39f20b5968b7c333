package io.ferrypay.paymentchannel.channel.alipay;

import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.alipay;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.inStore;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.key;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.map;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.order;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OfferAndCloseTest {

    private static final Map<String, String> CODE =
            map(
                    "result_code", "SUCCESS",
                    "out_trade_no", PretendAlipay.ORDER,
                    "voucher_type", "qrcode",
                    "qr_code", "https://qr.alipay.com/bax01234");
    private static final Map<String, String> UNKNOWN_ORDER =
            map("result_code", "FAIL", "detail_error_code", "TRADE_NOT_EXIST");
    private static final Map<String, String> DONE =
            map("result_code", "SUCCESS", "out_trade_no", PretendAlipay.ORDER);

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

    private void answers(MockResponse... answers) {
        for (var answer : answers) {
            alipay.answers.add(answer);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Flow.class,
            names = {"DESKTOP", "MOBILE"})
    void a_browser_is_sent_away_with_a_signed_order_and_nobody_is_called(Flow flow)
            throws Exception {
        var ready = (OfferAnswer.Ready) alipay.channel().offer(order(flow));

        var url = ((Offer.Redirect) ready.offer()).url();
        var fields = AlipayForm.decode(url.substring(url.indexOf('?') + 1), StandardCharsets.UTF_8);
        assertThat(PretendAlipay.signer("UTF-8").verify(fields, fields.get("sign"))).isTrue();
        assertThat(fields)
                .containsEntry(
                        "service",
                        flow == Flow.MOBILE ? "create_forex_trade_wap" : "create_forex_trade")
                .containsEntry("currency", "NZD")
                .containsEntry("total_fee", "120.00")
                .containsEntry("secondary_merchant_id", "HARBOURHONEY")
                .containsEntry("secondary_merchant_industry", "5499")
                .containsEntry("order_gmt_create", "2026-11-24 12:15:15")
                .containsEntry("order_valid_time", "900")
                .containsEntry("timeout_rule", "15m")
                .containsEntry(
                        "notify_url",
                        "https://pay.example.com/channels/alipay/notifications/alipay-test/HARBOURHONEY");
        // Values are signed raw: what could pass for another parameter must not get in.
        assertThat(fields.get("subject")).isEqualTo("Mānuka honey 500 g 蜂蜜1");
        assertThat(fields.get("secondary_merchant_name")).isEqualTo("Harbour Honey Co");
        assertThat(ready.expiresAt()).isEqualTo(Instant.parse("2026-11-24T04:30:15.987Z"));
        assertThat(alipay.channel().offer(order(flow))).isEqualTo(ready);
        assertThat(alipay.asked).isEmpty();
    }

    @Test
    void a_code_is_shown_and_in_the_wallet_it_is_where_the_browser_goes() {
        answers(alipay(CODE), alipay(CODE));

        var shown = (OfferAnswer.Ready) alipay.channel().offer(order(Flow.QR));
        var inWallet = (OfferAnswer.Ready) alipay.channel().offer(order(Flow.IN_WALLET));

        assertThat(shown.offer()).isEqualTo(new Offer.ShowQr("https://qr.alipay.com/bax01234"));
        assertThat(inWallet.offer())
                .isEqualTo(new Offer.Redirect("https://qr.alipay.com/bax01234"));
        assertThat(alipay.asked("alipay.acquire.precreate"))
                .containsEntry("timestamp", "2026-11-24 12:20:00")
                .containsEntry("trans_currency", "NZD")
                .containsEntry("currency", "NZD")
                .containsEntry("it_b_pay", "15m")
                .containsEntry("_input_charset", "UTF-8");
    }

    @Test
    void a_refused_code_is_final_only_when_no_order_stands() {
        var refused = map("result_code", "FAIL", "detail_error_code", "CONTEXT_INCONSISTENT");
        answers(alipay(refused), alipay(UNKNOWN_ORDER));
        assertThat(alipay.channel().offer(order(Flow.QR)))
                .isEqualTo(new OfferAnswer.Refused("CONTEXT_INCONSISTENT"));

        answers(alipay(refused), alipay(inStore("TRADE_SUCCESS")));
        assertThat(alipay.channel().offer(order(Flow.QR))).isEqualTo(new OfferAnswer.AlreadyPaid());

        answers(alipay(refused), alipay(inStore("WAIT_BUYER_PAY")));
        assertThat(alipay.channel().offer(order(Flow.QR))).isInstanceOf(OfferAnswer.Unknown.class);

        answers(refusal("ILLEGAL_PARTNER_EXTERFACE"));
        assertThat(alipay.channel().offer(order(Flow.QR)))
                .isEqualTo(new OfferAnswer.Refused("ILLEGAL_PARTNER_EXTERFACE"));

        answers(refusal("SYSTEM_ERROR"));
        assertThat(alipay.channel().offer(order(Flow.QR))).isInstanceOf(OfferAnswer.Unknown.class);
    }

    @Test
    void a_code_of_another_order_is_not_shown() {
        answers(alipay(PretendAlipay.with(CODE, "out_trade_no", "ANOTHER")));
        assertThat(alipay.channel().offer(order(Flow.QR))).isInstanceOf(OfferAnswer.Unknown.class);
    }

    @Test
    void an_order_in_a_browser_cannot_be_closed() {
        assertThat(alipay.channel().close(key(Flow.DESKTOP)))
                .isEqualTo(new CloseAnswer.NotPossible());
        assertThat(alipay.channel().close(key(Flow.MOBILE)))
                .isEqualTo(new CloseAnswer.NotPossible());
        assertThat(alipay.asked).isEmpty();
    }

    @Test
    void a_paid_order_is_never_canceled() {
        answers(alipay(inStore("TRADE_SUCCESS")));

        assertThat(alipay.channel().close(key(Flow.QR))).isEqualTo(new CloseAnswer.AlreadyPaid());
        assertThat(alipay.asked).hasSize(1);
    }

    @Test
    void an_unpaid_order_is_closed_and_one_nobody_scanned_is_canceled() {
        answers(alipay(inStore("WAIT_BUYER_PAY")), alipay(DONE));
        assertThat(alipay.channel().close(key(Flow.QR))).isEqualTo(new CloseAnswer.Closed());
        assertThat(alipay.asked("alipay.acquire.close"))
                .containsEntry("out_trade_no", PretendAlipay.ORDER);

        answers(alipay(UNKNOWN_ORDER), alipay(DONE), alipay(inStore("TRADE_CLOSED")));
        assertThat(alipay.channel().close(key(Flow.QR))).isEqualTo(new CloseAnswer.Closed());
        assertThat(alipay.asked("alipay.acquire.cancel")).containsKey("timestamp");

        // Canceled, and Alipay still knows nothing: it lapses by itself.
        answers(alipay(UNKNOWN_ORDER), alipay(DONE), alipay(UNKNOWN_ORDER));
        assertThat(alipay.channel().close(key(Flow.QR))).isEqualTo(new CloseAnswer.NotPossible());
    }

    @Test
    void a_payer_who_was_quicker_than_the_close_has_paid() {
        answers(
                alipay(inStore("WAIT_BUYER_PAY")),
                alipay(map("result_code", "FAIL", "detail_error_code", "TRADE_STATUS_ERROR")),
                alipay(inStore("TRADE_SUCCESS")));

        assertThat(alipay.channel().close(key(Flow.QR))).isEqualTo(new CloseAnswer.AlreadyPaid());
    }

    @Test
    void nothing_is_closed_on_a_doubtful_answer() {
        answers(refusal("SYSTEM_ERROR"));
        assertThat(alipay.channel().close(key(Flow.QR))).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(alipay.asked).hasSize(1);

        answers(alipay(inStore("WAIT_BUYER_PAY")), refusal("SYSTEM_ERROR"));
        assertThat(alipay.channel().close(key(Flow.QR))).isInstanceOf(CloseAnswer.Unknown.class);
    }
}

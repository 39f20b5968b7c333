package io.ferrypay.paymentchannel.channel.alipay;

import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.alipay;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.bare;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.inStore;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.map;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.online;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.refund;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.refusal;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.trade;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefundTest {

    private static final RefundAnswer DONE =
            new RefundAnswer.Succeeded(null, null, PretendAlipay.NOW);

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

    private RefundAnswer ask(Flow flow, long cents, MockResponse... answers) {
        script(answers);
        return alipay.channel().refund(refund(flow, cents));
    }

    private RefundAnswer query(Flow flow, long cents, MockResponse... answers) {
        script(answers);
        return alipay.channel().queryRefund(refund(flow, cents));
    }

    private void script(MockResponse... answers) {
        alipay.asked.clear();
        for (var answer : answers) {
            alipay.answers.add(answer);
        }
    }

    private static MockResponse returned(String yuan) {
        return trade(with(online("TRADE_FINISHED"), "to_buyer_fee", yuan));
    }

    private static MockResponse spot(String... pairs) {
        return alipay(
                with(
                        map("result_code", "SUCCESS", "partner_refund_id", PretendAlipay.REFUND),
                        pairs));
    }

    @Test
    void the_rules_are_alipays() {
        var channel = alipay.channel();

        assertThat(channel.refundRules(Flow.DESKTOP).pause()).isNull();
        assertThat(channel.refundRules(Flow.QR).pause())
                .isEqualTo(new RefundRules.Pause(LocalTime.of(0, 0), LocalTime.of(1, 30)));
        assertThat(channel.refundRules(Flow.QR).spacingPerAccount())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(channel.refundRules(Flow.QR).repeatable()).isTrue();
    }

    @Test
    void an_unsigned_yes_counts_once_a_signed_query_shows_the_money() {
        assertThat(ask(Flow.DESKTOP, 2_000, bare(), returned("92.90"))).isEqualTo(DONE);
        assertThat(alipay.asked("forex_refund"))
                .containsEntry("out_return_no", PretendAlipay.REFUND)
                .containsEntry("return_amount", "20.00")
                .containsEntry("currency", "NZD")
                .containsEntry("gmt_return", "20261124121900")
                .containsEntry("is_sync", "Y")
                .containsEntry(
                        "notify_url",
                        "https://pay.example.com/channels/alipay/notifications/alipay-test");
        assertThat(ask(Flow.DESKTOP, 2_000, bare(), returned("0.00")))
                .isEqualTo(new RefundAnswer.Accepted(null));
        assertThat(ask(Flow.DESKTOP, 2_000, bare(), refusal("SYSTEM_ERROR")))
                .isEqualTo(new RefundAnswer.Accepted(null));
    }

    /** 120.00 NZD were 557.40 yuan, so 20.00 are 92.90. */
    @Test
    void money_of_an_earlier_part_confirms_no_later_one() {
        assertThat(askAfter(2_000, 2_000, bare(), returned("92.90")))
                .as("only the first part has gone back")
                .isEqualTo(new RefundAnswer.Accepted(null));
        assertThat(askAfter(2_000, 2_000, bare(), returned("185.80"))).isEqualTo(DONE);
        assertThat(askAfter(2_000, 2_000, bare(), returned("185.78")))
                .as("each part was rounded")
                .isEqualTo(DONE);
        assertThat(
                        askAfter(
                                2_000,
                                2_000,
                                refusal("REPEATED_REFUNDMENT_REQUEST"),
                                returned("92.90")))
                .isEqualTo(new RefundAnswer.Accepted(null));
        assertThat(askAfter(2_000, 1, bare(), returned("92.95"))).isEqualTo(DONE);
        assertThat(askAfter(2_000, 1, bare(), returned("92.90")))
                .isEqualTo(new RefundAnswer.Accepted(null));
        assertThat(askAfter(2_000, 2_000, refusal("RETURN_AMOUNT_EXCEED"), returned("92.90")))
                .isEqualTo(new RefundAnswer.Failed("RETURN_AMOUNT_EXCEED"));
    }

    private RefundAnswer askAfter(long centsBefore, long cents, MockResponse... answers) {
        script(answers);
        return alipay.channel().refund(refund(Flow.DESKTOP, centsBefore, cents));
    }

    @Test
    void a_refund_alipay_has_already_is_the_same_refund() {
        assertThat(
                        ask(
                                Flow.MOBILE,
                                2_000,
                                refusal("REPEATED_REFUNDMENT_REQUEST"),
                                returned("92.90")))
                .isEqualTo(DONE);
    }

    @Test
    void refusals_are_final_passing_or_doubtful() {
        assertThat(ask(Flow.DESKTOP, 2_000, refusal("PURCHASE_TRADE_NOT_EXIST")))
                .isEqualTo(new RefundAnswer.Failed("PURCHASE_TRADE_NOT_EXIST"));
        assertThat(ask(Flow.DESKTOP, 2_000, refusal("ILLEGAL_SIGN")))
                .isEqualTo(new RefundAnswer.NotNow("ILLEGAL_SIGN"));
        assertThat(ask(Flow.DESKTOP, 2_000, refusal("SYSTEM_EXCEPTION")))
                .isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(ask(Flow.DESKTOP, 2_000, refusal("RETURN_AMOUNT_EXCEED"), returned("0.00")))
                .isEqualTo(new RefundAnswer.Failed("RETURN_AMOUNT_EXCEED"));
        // Perhaps because an earlier try of ours did happen.
        assertThat(ask(Flow.DESKTOP, 2_000, refusal("RETURN_AMOUNT_EXCEED"), returned("557.40")))
                .isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void a_query_moves_no_money_where_nothing_was_given_back() {
        assertThat(query(Flow.DESKTOP, 2_000, returned("0.00")))
                .isEqualTo(new RefundAnswer.NotFound());
        assertThat(alipay.asked).hasSize(1);
        assertThat(query(Flow.DESKTOP, 2_000, refusal("SYSTEM_ERROR")))
                .isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(
                        query(
                                Flow.DESKTOP,
                                2_000,
                                returned("92.90"),
                                refusal("REPEATED_REFUNDMENT_REQUEST"),
                                returned("92.90")))
                .isEqualTo(DONE);
    }

    @Test
    void a_code_s_refund_is_done_with_the_answer() {
        assertThat(ask(Flow.QR, 2_000, spot("refund_amount_cny", "92.90")))
                .isEqualTo(
                        new RefundAnswer.Succeeded(
                                null, Money.parse("92.90", "CNY"), PretendAlipay.NOW));
        assertThat(alipay.asked("alipay.acquire.overseas.spot.refund"))
                .containsEntry("partner_trans_id", PretendAlipay.ORDER)
                .containsEntry("partner_refund_id", PretendAlipay.REFUND)
                .containsEntry("refund_amount", "20.00")
                .containsEntry("is_sync", "Y");
        assertThat(ask(Flow.QR, 2_000, spot("partner_refund_id", "ANOTHER")))
                .isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(ask(Flow.QR, 2_000, spot("result_code", "UNKNOW")))
                .isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(ask(Flow.QR, 2_000, spot("result_code", "FAILED", "error", "CURRENCY_NOT_SAME")))
                .isEqualTo(new RefundAnswer.Failed("CURRENCY_NOT_SAME"));
        assertThat(ask(Flow.QR, 2_000, spot("result_code", "FAILED", "error", "SYSTEM_ERROR")))
                .isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void at_night_a_code_s_refund_is_not_even_asked_for() {
        var channel = alipay.channel(Instant.parse("2026-11-24T17:29:59Z"));
        var after = alipay.channel(Instant.parse("2026-11-24T17:30:00Z"));
        script(spot());

        assertThat(channel.refund(refund(Flow.QR, 2_000)))
                .isEqualTo(new RefundAnswer.NotNow("NIGHTLY_PAUSE"));
        assertThat(alipay.asked).isEmpty();
        assertThat(after.refund(refund(Flow.QR, 2_000))).isInstanceOf(RefundAnswer.Succeeded.class);
    }

    @Test
    void without_a_pause_a_code_is_refunded_at_night() {
        var channel = alipay.channel(Instant.parse("2026-11-24T17:29:59Z"), LocalTime.MIDNIGHT);
        script(spot());

        assertThat(channel.refundRules(Flow.QR).pause()).isNull();
        assertThat(channel.refund(refund(Flow.QR, 2_000)))
                .isInstanceOf(RefundAnswer.Succeeded.class);
    }

    @Test
    void a_whole_refund_of_a_code_shows_in_the_order_and_a_part_is_asked_again() {
        assertThat(query(Flow.QR, 12_000, alipay(inStore("TRADE_CLOSED")))).isEqualTo(DONE);
        assertThat(query(Flow.QR, 12_000, alipay(inStore("TRADE_SUCCESS"))))
                .isEqualTo(new RefundAnswer.NotFound());
        assertThat(
                        query(
                                Flow.QR,
                                2_000,
                                alipay(inStore("TRADE_SUCCESS")),
                                spot("refund_amount_cny", "92.90")))
                .isInstanceOf(RefundAnswer.Succeeded.class);
        assertThat(query(Flow.QR, 12_000, refusal("SYSTEM_ERROR")))
                .isInstanceOf(RefundAnswer.Unknown.class);
    }
}

package io.ferrypay.paymentchannel.channel.alipay;

import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.alipay;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.envelope;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.inStore;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.key;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.online;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.refusal;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.signer;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.trade;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.with;
import static io.ferrypay.paymentchannel.channel.alipay.PretendAlipay.xml;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.Flow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

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

    private ChannelReport query(Flow flow, MockResponse answer) {
        alipay.answers.add(answer);
        return alipay.channel().query(key(flow));
    }

    private ChannelOutcome outcome(Flow flow, MockResponse answer) {
        return query(flow, answer).outcome();
    }

    @Test
    void a_paid_order_of_a_browser_tells_yuan_alone() {
        var report =
                query(
                        Flow.DESKTOP,
                        trade(
                                with(
                                        online("TRADE_FINISHED"),
                                        "gmt_payment",
                                        "2026-11-24 12:18:00")));

        assertThat(report.outcome())
                .isEqualTo(
                        new ChannelOutcome.Succeeded(
                                "2026112421001004470000000001",
                                null,
                                Money.parse("557.40", "CNY"),
                                null,
                                Instant.parse("2026-11-24T04:18:00Z")));
        assertThat(report.subMerchantId()).isEqualTo("HARBOURHONEY");
        assertThat(report.evidence()).contains("557.40").doesNotContain("@", "honey");
    }

    @Test
    void a_paid_code_tells_price_yuan_and_rate() {
        var report = query(Flow.QR, alipay(inStore("TRADE_SUCCESS")));

        assertThat(report.outcome())
                .isEqualTo(
                        new ChannelOutcome.Succeeded(
                                "2026112421001004470000000001",
                                new ChannelOutcome.Charged(12_000, "NZD"),
                                Money.parse("557.40", "CNY"),
                                new BigDecimal("4.64500000"),
                                Instant.parse("2026-11-24T04:18:00Z")));
        assertThat(report.evidence()).doesNotContain("@");
    }

    @Test
    void every_state_has_its_meaning() {
        assertThat(outcome(Flow.DESKTOP, trade(online("WAIT_BUYER_PAY"))))
                .isEqualTo(new ChannelOutcome.Pending(false));
        assertThat(outcome(Flow.MOBILE, trade(online("TRADE_CLOSED"))))
                .isEqualTo(new ChannelOutcome.Closed());
        assertThat(
                        outcome(
                                Flow.MOBILE,
                                trade(
                                        with(
                                                online("TRADE_CLOSED"),
                                                "gmt_payment",
                                                "2026-11-24 12:18:00"))))
                .isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(outcome(Flow.DESKTOP, trade(online("TRADE_SOMETHING_NEW"))))
                .isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(outcome(Flow.DESKTOP, refusal("TRADE_NOT_EXIST")))
                .isEqualTo(new ChannelOutcome.Pending(false));
        assertThat(outcome(Flow.DESKTOP, refusal("ILLEGAL_SIGN")))
                .isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(outcome(Flow.QR, alipay(inStore("WAIT_BUYER_PAY"))))
                .isEqualTo(new ChannelOutcome.Pending(false));
        assertThat(outcome(Flow.IN_WALLET, alipay(inStore("TRADE_CLOSED"))))
                .isEqualTo(new ChannelOutcome.Closed());
        assertThat(
                        outcome(
                                Flow.QR,
                                alipay(
                                        PretendAlipay.map(
                                                "result_code",
                                                "FAIL",
                                                "detail_error_code",
                                                "TRADE_NOT_EXIST"))))
                .isEqualTo(new ChannelOutcome.NeverSeen());
        assertThat(outcome(Flow.QR, alipay(with(inStore("TRADE_SUCCESS"), "trans_amount", "1e9"))))
                .isInstanceOf(ChannelOutcome.Unknown.class);
    }

    @Test
    void an_answer_about_somebody_else_proves_nothing() {
        assertThat(
                        outcome(
                                Flow.DESKTOP,
                                trade(with(online("TRADE_FINISHED"), "out_trade_no", "OTHER"))))
                .isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(
                        outcome(
                                Flow.DESKTOP,
                                trade(with(online("TRADE_FINISHED"), "seller_id", "2088"))))
                .isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(
                        outcome(
                                Flow.QR,
                                alipay(with(inStore("TRADE_SUCCESS"), "partner_trans_id", "X"))))
                .isInstanceOf(ChannelOutcome.Unknown.class);
    }

    @Test
    void what_is_not_signed_soundly_is_not_believed() {
        var fields = online("TRADE_FINISHED");
        var sign = signer("UTF-8").sign(fields);
        var sound = envelope("trade", fields, sign, "UTF-8");

        for (var body :
                List.of(
                        envelope("trade", fields, "", "UTF-8"),
                        envelope("trade", fields, "0".repeat(32), "UTF-8"),
                        sound.replace("557.40", "557.41"),
                        sound.replace(">MD5<", ">RSA2<"),
                        sound.replace(
                                "<trade_no>",
                                "<trade_status>TRADE_FINISHED</trade_status><trade_no>"),
                        sound.replace("<alipay>", "<other>").replace("</alipay>", "</other>"),
                        "<!DOCTYPE a [<!ENTITY e \"TRADE_FINISHED\">]>"
                                + sound.substring(sound.indexOf('\n') + 1),
                        "<html><body>502</body></html>",
                        "",
                        "<alipay><is_success>T</is_success></alipay>")) {
            assertThat(outcome(Flow.DESKTOP, xml(body, "UTF-8")))
                    .as(body)
                    .isInstanceOf(ChannelOutcome.Unknown.class);
        }
        assertThat(outcome(Flow.DESKTOP, xml(sound, "UTF-8")))
                .isInstanceOf(ChannelOutcome.Succeeded.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 404, 500, 502})
    void another_status_is_no_answer(int status) {
        var answer = trade(online("TRADE_FINISHED")).newBuilder().code(status).build();

        assertThat(outcome(Flow.DESKTOP, answer)).isInstanceOf(ChannelOutcome.Unknown.class);
    }

    @Test
    void late_cut_and_endless_answers_are_no_answers() {
        var sound = trade(online("TRADE_FINISHED"));

        assertThat(
                        outcome(
                                Flow.DESKTOP,
                                sound.newBuilder().headersDelay(2, TimeUnit.SECONDS).build()))
                .isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(
                        outcome(
                                Flow.DESKTOP,
                                sound.newBuilder()
                                        .onResponseBody(new SocketEffect.CloseSocket())
                                        .build()))
                .isInstanceOf(ChannelOutcome.Unknown.class);
        assertThat(outcome(Flow.DESKTOP, xml("x".repeat((1 << 20) + 1), "UTF-8")))
                .isInstanceOf(ChannelOutcome.Unknown.class);
    }

    @Test
    void an_account_in_gbk_is_answered_in_gbk() throws Exception {
        var fields = with(online("TRADE_FINISHED"), "subject", "蜂蜜");
        alipay.answers.add(
                xml(envelope("trade", fields, signer("GBK").sign(fields), "GBK"), "GBK"));
        var channel =
                new AlipayChannel(
                        new AlipayAccounts(List.of(alipay.open("GBK", false))),
                        Duration.ofDays(180),
                        PretendAlipay.CODE_REFUNDS_FROM,
                        PretendAlipay.CHARGES,
                        Clock.systemUTC());

        assertThat(channel.query(key(Flow.DESKTOP)).outcome())
                .isInstanceOf(ChannelOutcome.Succeeded.class);
        assertThat(alipay.asked("single_trade_query")).containsEntry("_input_charset", "GBK");
        assertThat(channel.flows("alipay-test"))
                .containsExactlyInAnyOrder(Flow.DESKTOP, Flow.QR, Flow.IN_WALLET);
    }
}

package io.ferrypay.paymentchannel.channel.wechat;

import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.SUB_MCHID;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.error;
import static io.ferrypay.paymentchannel.channel.wechat.PretendWechat.signed;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.KEY;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.channel;
import static io.ferrypay.paymentchannel.channel.wechat.SampleOrders.paid;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryAndCloseTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"FREQUENCY_LIMITED", "RATELIMIT_EXCEEDED", "RATE_LIMITED", "NEW_LIMIT"})
    void too_many_requests_means_later_not_never(String code) {
        wechat.answers.add(error(429, code));

        var answer = wechat.open().client().query(SUB_MCHID, KEY.orderNumber());

        assertThat(answer).isInstanceOf(WechatAnswer.NotNow.class);
    }

    @Test
    void a_paid_order_is_reported_with_what_wechat_booked() throws Exception {
        wechat.answers.add(signed(200, paid()));

        var report = channel.query(KEY);

        assertThat(report.outcome())
                .isEqualTo(
                        new ChannelOutcome.Succeeded(
                                "4200000000202611240000000001",
                                new ChannelOutcome.Charged(12_000, "NZD"),
                                new Money(55_740, Currency.of("CNY")),
                                new BigDecimal("4.64500000"),
                                Instant.parse("2026-11-24T04:20:05Z")));
        assertThat(report.source()).isEqualTo(ChannelReport.Source.QUERY);
        assertThat(report.accountId()).isEqualTo("wechat_test");
        assertThat(report.orderNumber()).isEqualTo(KEY.orderNumber());
        assertThat(report.subMerchantId()).isEqualTo(SUB_MCHID);
        assertThat(report.evidence())
                .contains("\"trade_state\":\"SUCCESS\"")
                .doesNotContain("oUpF8");
        var request = wechat.asked.take();
        assertThat(request.getMethod()).isEqualTo("GET");
        assertThat(request.getTarget())
                .isEqualTo(
                        "/v3/global/transactions/out-trade-no/FP01JD000000000000000001?sp_mchid=1900000100&sub_mchid=1900000109");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORDERNOTEXIST", "ORDER_NOT_EXIST", "ORDER_NOT_EXISTS"})
    void an_order_wechat_says_it_never_saw_is_just_that(String code) {
        wechat.answers.add(error(404, code));

        assertThat(channel.query(KEY).outcome()).isEqualTo(new ChannelOutcome.NeverSeen());
    }

    @Test
    void an_unsigned_word_that_an_order_is_closed_is_not_believed() {
        wechat.answers.add(error(400, "ORDER_CLOSED"));

        assertThat(channel.query(KEY).outcome())
                .isEqualTo(new ChannelOutcome.Unknown("ORDER_CLOSED"));
    }

    @Test
    void an_answer_about_another_order_is_not_believed() {
        wechat.answers.add(signed(200, paid().replace(KEY.orderNumber(), "ANOTHER1")));
        wechat.answers.add(signed(200, paid().replace(SUB_MCHID, "1900000110")));
        wechat.answers.add(signed(200, paid().replace("1900000100", "1900000101")));

        for (int i = 0; i < 3; i++) {
            assertThat(channel.query(KEY).outcome()).isInstanceOf(ChannelOutcome.Unknown.class);
        }
    }

    @Test
    void closing_is_done_when_wechat_signed_a_204() throws Exception {
        wechat.answers.add(signed(204, ""));

        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.Closed());

        var request = wechat.asked.take();
        assertThat(request.getMethod()).isEqualTo("POST");
        assertThat(request.getTarget())
                .isEqualTo("/v3/global/transactions/out-trade-no/FP01JD000000000000000001/close");
        assertThat(request.getBody().utf8())
                .isEqualTo("{\"sp_mchid\":\"1900000100\",\"sub_mchid\":\"1900000109\"}");
    }

    @Test
    void a_payer_faster_than_the_closing_has_paid() {
        wechat.answers.add(error(400, "ORDER_PAID"));
        wechat.answers.add(error(400, "ORDERPAID"));

        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.AlreadyPaid());
        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.AlreadyPaid());
    }

    @Test
    void closing_what_is_closed_succeeds() {
        wechat.answers.add(error(400, "ORDERCLOSED"));
        wechat.answers.add(error(400, "ORDER_CLOSED"));

        for (int i = 0; i < 2; i++) {
            assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.Closed());
        }
    }

    @Test
    void closing_what_wechat_says_never_was_proves_nothing() {
        wechat.answers.add(error(404, "ORDERNOTEXIST"));

        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.NotPossible());
    }

    @Test
    void a_closing_refused_or_unsigned_is_not_a_closing() {
        wechat.answers.add(error(400, "INVALID_REQUEST"));
        wechat.answers.add(new MockResponse.Builder().code(204).build());
        wechat.answers.add(error(500, "SYSTEM_ERROR"));
        wechat.answers.add(signed(200, "{}"));

        assertThat(channel.close(KEY)).isEqualTo(new CloseAnswer.Refused("INVALID_REQUEST"));
        assertThat(channel.close(KEY)).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(channel.close(KEY)).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(channel.close(KEY)).isInstanceOf(CloseAnswer.Unknown.class);
    }
}

package io.ferrypay.paymentchannel.channel.jdpay;

import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.NUMBER;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.key;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import io.ferrypay.paymentchannel.channel.Flow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdpayQueryAndCloseTest {

    @TempDir Path files;
    private PretendJdpay jd;
    private JdpayChannel channel;

    @BeforeEach
    void open() throws IOException {
        jd = new PretendJdpay(files);
        channel = jd.channel();
    }

    @AfterEach
    void close() {
        jd.close();
    }

    @Test
    void a_paid_order_is_reported_with_what_jd_booked_and_without_who_paid() throws Exception {
        jd.answers(trade("0", NUMBER, "2"));

        var report = channel.query(key(Flow.DESKTOP));

        assertThat(report.outcome())
                .isEqualTo(
                        new ChannelOutcome.Succeeded(
                                NUMBER,
                                new ChannelOutcome.Charged(55_740, "CNY"),
                                new Money(55_740, Currency.of("CNY")),
                                null,
                                Instant.parse("2026-11-24T04:17:02Z")));
        assertThat(report.source()).isEqualTo(ChannelReport.Source.QUERY);
        assertThat(report.subMerchantId()).isEqualTo("HARBOURHONEY");
        assertThat(report.evidence()).contains("\"status\":\"2\"").doesNotContain("张三", "622848");
        assertThat(jd.asked())
                .endsWith("<tradeNum>" + NUMBER + "</tradeNum><tradeType>0</tradeType></jdpay>");
    }

    @Test
    void every_state_has_its_meaning() {
        for (var status : new String[] {"0", "1", "3", "4", "7"}) {
            jd.answers(trade("0", NUMBER, status));
        }

        assertThat(channel.query(key(Flow.QR)).outcome())
                .isEqualTo(new ChannelOutcome.Pending(false));
        assertThat(channel.query(key(Flow.QR)).outcome())
                .isEqualTo(new ChannelOutcome.Pending(true));
        assertThat(channel.query(key(Flow.QR)).outcome())
                .isEqualTo(new ChannelOutcome.Declined("3"));
        assertThat(channel.query(key(Flow.QR)).outcome()).isEqualTo(new ChannelOutcome.Closed());
        assertThat(channel.query(key(Flow.QR)).outcome())
                .isInstanceOf(ChannelOutcome.Unknown.class);
    }

    @Test
    void another_shop_in_the_note_is_told_as_jd_told_it() {
        jd.answers(trade("0", NUMBER, "2").replace("HARBOURHONEY", "SOMEBODY"));
        jd.answers(trade("0", NUMBER, "2").replace("HARBOURHONEY", ""));

        assertThat(channel.query(key(Flow.QR)).subMerchantId()).isEqualTo("SOMEBODY");
        assertThat(channel.query(key(Flow.QR)).subMerchantId()).isEqualTo("HARBOURHONEY");
    }

    @Test
    void what_cannot_be_trusted_is_unknown() {
        jd.answers(trade("0", "ANOTHERORDER", "2"));
        jd.answers(trade("1", NUMBER, "1"));
        jd.answers(trade("0", NUMBER, "2").replaceFirst("<amount>55740</amount>", ""));
        jd.answers(trade("0", NUMBER, "2").replaceFirst("55740", "5574.0"));
        jd.answers(trade("0", NUMBER, "2").replaceFirst("55740", "9".repeat(30)));
        jd.server.enqueue(
                PretendJdpay.response(
                        PretendJdpay.sealed(
                                PretendJdpay.inner(
                                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                                        trade("0", NUMBER, "2"),
                                        "",
                                        ""))));

        for (int i = 0; i < 6; i++) {
            assertThat(channel.query(key(Flow.QR)).outcome())
                    .isInstanceOf(ChannelOutcome.Unknown.class);
        }
    }

    @Test
    void a_failure_nobody_signed_is_unknown_unless_we_were_told_what_it_means() {
        var told = jd.channel(jd.settings(Set.of("SIM201"), null));
        for (int i = 0; i < 4; i++) {
            jd.fails(i == 3 ? "SIM900" : "SIM201");
        }

        assertThat(channel.query(key(Flow.QR)).outcome())
                .isEqualTo(new ChannelOutcome.Unknown("SIM201", true));
        assertThat(told.query(key(Flow.QR)).outcome()).isEqualTo(new ChannelOutcome.NeverSeen());
        assertThat(told.query(key(Flow.DESKTOP)).outcome())
                .isEqualTo(new ChannelOutcome.Pending(false));
        assertThat(told.query(key(Flow.DESKTOP)).outcome())
                .isEqualTo(new ChannelOutcome.Unknown("SIM900", true));
    }

    @Test
    void an_unpaid_order_is_revoked_and_looked_at_again() throws Exception {
        jd.answers(trade("0", NUMBER, "0"));
        jd.answers(revoked());
        jd.answers(trade("0", NUMBER, "4"));

        assertThat(channel.close(key(Flow.QR))).isEqualTo(new CloseAnswer.Closed());

        jd.server.takeRequest();
        var revocation = jd.server.takeRequest();
        assertThat(revocation.getTarget()).isEqualTo("/jdpay/service/revoke");
        assertThat(PretendJdpay.opened(revocation))
                .contains(
                        "<tradeNum>" + NUMBER + "C</tradeNum><oTradeNum>" + NUMBER + "</oTradeNum>")
                .contains("<amount>55740</amount>");
    }

    @Test
    void a_paid_order_is_never_revoked() {
        jd.answers(trade("0", NUMBER, "2"));

        assertThat(channel.close(key(Flow.QR))).isEqualTo(new CloseAnswer.AlreadyPaid());
        assertThat(jd.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void an_order_whose_payer_is_confirming_is_left_alone() {
        jd.answers(trade("0", NUMBER, "1"));

        assertThat(channel.close(key(Flow.QR)))
                .isEqualTo(new CloseAnswer.Refused("the payer is confirming"));
        assertThat(jd.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void an_order_that_may_be_paid_is_not_revoked_either() {
        jd.fails("SIM900");
        jd.answers(trade("0", NUMBER, "9"));

        assertThat(channel.close(key(Flow.QR))).isEqualTo(new CloseAnswer.Unknown("SIM900"));
        assertThat(channel.close(key(Flow.QR))).isInstanceOf(CloseAnswer.Unknown.class);
        assertThat(jd.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void a_closed_order_stays_closed_and_an_order_nobody_knows_cannot_be_closed() {
        jd.answers(trade("0", NUMBER, "4"));
        jd.fails("SIM201");

        assertThat(channel.close(key(Flow.QR))).isEqualTo(new CloseAnswer.Closed());
        assertThat(jd.channel(jd.settings(Set.of("SIM201"), null)).close(key(Flow.DESKTOP)))
                .isEqualTo(new CloseAnswer.NotPossible());
    }

    @Test
    void a_payer_who_was_quicker_has_paid() {
        jd.answers(trade("0", NUMBER, "0"));
        jd.fails("SIM204");
        jd.answers(trade("0", NUMBER, "2"));

        assertThat(channel.close(key(Flow.QR))).isEqualTo(new CloseAnswer.AlreadyPaid());
    }

    @Test
    void money_that_came_between_the_question_and_the_revocation_went_back() {
        jd.answers(trade("0", NUMBER, "0"));
        jd.answers(revoked());
        jd.answers(trade("0", NUMBER, "2"));

        var answer = channel.close(key(Flow.QR));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        CloseAnswer.GivenBack.class,
                        back -> {
                            assertThat(back.refundNumber()).isEqualTo(NUMBER + "C");
                            assertThat(back.paid().orderNumber()).isEqualTo(NUMBER);
                            assertThat(back.paid().outcome())
                                    .isInstanceOf(ChannelOutcome.Succeeded.class);
                        });
    }

    @ParameterizedTest
    @CsvSource({"false, Refused", "true, Unknown"})
    void a_revocation_without_effect_is_no_closing(boolean saidSo, String kind) {
        jd.answers(trade("0", NUMBER, "0"));
        if (saidSo) {
            jd.answers(revoked());
        } else {
            jd.fails("SIM900");
        }
        jd.answers(trade("0", NUMBER, "0"));

        assertThat(channel.close(key(Flow.QR)).getClass().getSimpleName()).isEqualTo(kind);
    }

    private static String revoked() {
        return "<tradeNum>"
                + NUMBER
                + "C</tradeNum><tradeType>2</tradeType><oTradeNum>"
                + NUMBER
                + "</oTradeNum><amount>55740</amount><currency>CNY</currency>"
                + "<tradeTime>20261124121515</tradeTime><status>1</status><note></note>";
    }
}

package io.ferrypay.paymentchannel.channel.jdpay;

import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.NUMBER;
import static io.ferrypay.paymentchannel.channel.jdpay.PretendJdpay.key;
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
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdpayRefundTest {

    private static final String REFUND = "FR01JD000000000000000001";
    private static final RefundAnswer DONE =
            new RefundAnswer.Succeeded(
                    null,
                    new Money(1_000, Currency.of("CNY")),
                    Instant.parse("2026-11-24T05:00:00Z"));

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
    void a_refund_may_be_done_at_once() throws Exception {
        jd.answers(refund(REFUND, NUMBER, "1000", "1"));

        assertThat(channel.refund(order())).isEqualTo(DONE);

        var request = jd.server.takeRequest();
        assertThat(request.getTarget()).isEqualTo("/jdpay/service/refund");
        assertThat(PretendJdpay.opened(request))
                .contains(
                        "<tradeNum>"
                                + REFUND
                                + "</tradeNum><oTradeNum>"
                                + NUMBER
                                + "</oTradeNum><amount>1000</amount><currency>CNY</currency>"
                                + "<tradeTime>20261124130000</tradeTime>"
                                + "<notifyUrl>https://pay.example/channels/jdpay/notifications/jdpay-test</notifyUrl><note>Jar"
                                + " broken   left</note>");
    }

    @Test
    void success_is_one_here_and_two_is_a_failure() {
        jd.answers(refund(REFUND, NUMBER, "1000", "0"));
        jd.answers(refund(REFUND, NUMBER, "1000", "2"));
        jd.answers(refund(REFUND, NUMBER, "1000", "5"));

        assertThat(channel.refund(order())).isEqualTo(new RefundAnswer.Accepted(null));
        assertThat(channel.refund(order())).isEqualTo(new RefundAnswer.Failed("2"));
        assertThat(channel.refund(order())).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void what_cannot_be_trusted_may_have_happened() {
        jd.fails("SIM301");
        jd.answers(refund("ANOTHER", NUMBER, "1000", "1"));
        jd.answers(refund(REFUND, "ANOTHER", "1000", "1"));
        jd.answers(refund(REFUND, NUMBER, "999", "1"));
        jd.server.enqueue(new MockResponse.Builder().code(500).build());

        for (int i = 0; i < 5; i++) {
            assertThat(channel.refund(order())).isInstanceOf(RefundAnswer.Unknown.class);
        }
    }

    @Test
    void a_refund_is_asked_for_by_its_own_number() throws Exception {
        jd.answers(refund(REFUND, NUMBER, "1000", "1"));

        assertThat(channel.queryRefund(order())).isEqualTo(DONE);
        assertThat(jd.asked())
                .endsWith(
                        "<tradeNum>"
                                + REFUND
                                + "</tradeNum><oTradeNum>"
                                + NUMBER
                                + "</oTradeNum><tradeType>1</tradeType></jdpay>");
    }

    @Test
    void a_refund_jd_says_it_does_not_know_is_looked_for_in_the_signed_list() throws Exception {
        jd.fails("SIM201");
        jd.answers(list(refund("FR01JD000000000000000009", NUMBER, "5", "1")));

        assertThat(channel.queryRefund(order())).isEqualTo(new RefundAnswer.NotFound());

        jd.server.takeRequest();
        assertThat(jd.server.takeRequest().getTarget()).isEqualTo("/jdpay/service/queryRefund");
    }

    @Test
    void the_list_may_know_better() {
        jd.fails("SIM900");
        jd.answers(
                list(
                        refund("FR01JD000000000000000009", NUMBER, "5", "1")
                                + "</refund><refund>"
                                + refund(REFUND, NUMBER, "1000", "0")));
        jd.fails("SIM900");
        jd.answers(list(refund(REFUND, NUMBER, "1001", "0")));

        assertThat(channel.queryRefund(order())).isEqualTo(new RefundAnswer.Accepted(null));
        assertThat(channel.queryRefund(order())).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @Test
    void a_list_of_another_order_or_of_none_says_nothing() {
        jd.fails("SIM201");
        jd.answers(list(refund(REFUND, "ANOTHER", "1000", "1")));
        jd.fails("SIM201");
        jd.answers("<refList></refList>");
        jd.fails("SIM201");
        jd.fails("SIM201");

        for (int i = 0; i < 3; i++) {
            assertThat(channel.queryRefund(order())).isInstanceOf(RefundAnswer.Unknown.class);
        }
    }

    @Test
    void an_empty_list_of_this_order_means_that_there_was_none() {
        jd.fails("SIM201");
        jd.answers("<oTradeNum>" + NUMBER + "</oTradeNum><refList></refList>");

        assertThat(channel.queryRefund(order())).isEqualTo(new RefundAnswer.NotFound());
    }

    @Test
    void the_rules_are_the_accounts() {
        var rules = channel.refundRules(Flow.DESKTOP);

        assertThat(rules.window()).isEqualTo(Duration.ofDays(365));
        assertThat(rules.repeatable()).isTrue();
    }

    private static String list(String refunds) {
        return "<refList><refund>" + refunds + "</refund></refList>";
    }

    private static String refund(String number, String order, String amount, String status) {
        return "<tradeNum>"
                + number
                + "</tradeNum><tradeType>1</tradeType><oTradeNum>"
                + order
                + "</oTradeNum><amount>"
                + amount
                + "</amount><currency>CNY</currency><tradeTime>20261124130000</tradeTime><status>"
                + status
                + "</status><note>n</note>";
    }

    private static RefundOrder order() {
        return new RefundOrder(
                REFUND,
                key(Flow.DESKTOP),
                NUMBER,
                Flow.DESKTOP,
                key(Flow.DESKTOP).amount(),
                new Money(0, Currency.of("CNY")),
                new Money(1_000, Currency.of("CNY")),
                "Jar broken & left",
                Instant.parse("2026-11-24T04:17:02Z"),
                Instant.parse("2026-11-24T05:00:00Z"));
    }
}

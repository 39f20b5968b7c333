package io.ferrypay.paymentchannel.channel.payease;

import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.OID;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.ORDER;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.refund;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.refundAccepted;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.refunds;
import static io.ferrypay.paymentchannel.channel.payease.PretendPayease.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefundTest {

    private static final String NUMBER = "RF01JD0000000000000000ZZ";
    private static final String OTHER = "RF01JD0000000000000000YY";
    private static final Instant ASKED_AT = Instant.parse("2026-11-26T02:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-26T02:00:01Z");

    @TempDir static Path files;
    private static PretendPayease payease;
    private Refunds refunds;
    private PayeaseAccount account;

    @BeforeAll
    static void open() throws Exception {
        payease = new PretendPayease(files);
    }

    @AfterAll
    static void close() {
        payease.close();
    }

    @BeforeEach
    void start() {
        payease.answers.clear();
        payease.asked.clear();
        refunds = new Refunds(Clock.fixed(NOW, ZoneOffset.UTC));
        account = payease.open(payease.account());
    }

    @Test
    void a_refund_carries_our_number_as_its_reason() throws Exception {
        payease.answers.add(refunds());
        payease.answers.add(refundAccepted("R1", "100.00"));

        assertThat(refunds.refund(account, order())).isEqualTo(new RefundAnswer.Accepted("R1"));

        assertThat(payease.asked.take().getTarget()).contains("ref_ack_oid_list_utf8");
        var asked = payease.asked.take();
        assertThat(asked.getTarget()).isEqualTo("/merchant/refund/ref_ack_submit.jsp");
        assertThat(asked.getBody().utf8())
                .contains("v_refreason=" + NUMBER)
                .contains("v_refamount=100.00")
                .contains("v_refoprt=ferrypay")
                .contains(
                        "v_mac="
                                + PretendPayease.mac(
                                        ("888" + OID + "100.00" + "ferrypay")
                                                .getBytes(
                                                        java.nio.charset.StandardCharsets
                                                                .US_ASCII)));
    }

    @Test
    void a_refund_that_is_on_the_list_is_not_asked_for_again() {
        payease.answers.add(refunds(refund("R1", "100.00", "1", "2026-11-26 10:00:00", NUMBER)));

        assertThat(refunds.refund(account, order()))
                .isEqualTo(
                        new RefundAnswer.Succeeded(
                                "R1", null, Instant.parse("2026-11-26T02:00:00Z")));
        assertThat(payease.asked).hasSize(1);
    }

    @Test
    void while_another_refund_of_the_order_is_open_it_has_to_wait() {
        payease.answers.add(refunds(refund("R0", "5.00", "0", "20261126", OTHER)));

        assertThat(refunds.refund(account, order())).isInstanceOf(RefundAnswer.NotNow.class);
        assertThat(payease.asked).hasSize(1);
    }

    @Test
    void without_a_readable_list_nothing_is_asked_for() {
        payease.answers.add(new MockResponse.Builder().code(502).body("<html>").build());

        assertThat(refunds.refund(account, order())).isInstanceOf(RefundAnswer.NotNow.class);
        assertThat(payease.asked).hasSize(1);
    }

    @Test
    void two_at_once_are_one_after_the_other() throws Exception {
        payease.answers.add(
                refunds().newBuilder().headersDelay(300, TimeUnit.MILLISECONDS).build());
        payease.answers.add(refundAccepted("R1", "100.00"));
        var together = new CountDownLatch(2);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 2)
                            .mapToObj(_ ->
                                    threads.submit(() -> {
                                        together.countDown();
                                        together.await();
                                        return refunds.refund(account, order());
                                    }))
                            .toList();

            assertThat(answers)
                    .extracting(answer -> answer.get().getClass().getSimpleName())
                    .containsExactlyInAnyOrder("Accepted", "NotNow");
        }
        assertThat(payease.asked).hasSize(2);
    }

    @Test
    void after_a_lost_answer_it_is_unknown_and_then_found() {
        payease.answers.add(refunds());
        payease.answers.add(
                new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
        payease.answers.add(refunds(refund("R1", "100.00", "0", "2026-11-26 10:00:00", NUMBER)));

        assertThat(refunds.refund(account, order())).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(refunds.query(account, order())).isEqualTo(new RefundAnswer.Accepted("R1"));
        assertThat(payease.asked).as("never sent twice by itself").hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "(E02)Refund money exceed order limit, Failed",
        "Invalid order number, Failed",
        "Invalid refund money, Failed",
        "(E03)Fingerprint invalid, NotNow",
        "Invalid operator, NotNow",
        "Invalid request, NotNow",
        "(E07)The service for this merchant is unavailable, NotNow",
        "System error, Unknown",
        "something new, Unknown"
    })
    void refusals_mean_what_they_say(String words, String meaning) {
        payease.answers.add(refunds());
        payease.answers.add(
                PretendPayease.xml(
                        "<refundmessage><status>1</status><statusdesc>%s</statusdesc><mid>888</mid><oid>%s</oid></refundmessage>"
                                .formatted(words, OID),
                        PretendPayease.GBK));

        assertThat(refunds.refund(account, order()).getClass().getSimpleName()).isEqualTo(meaning);
    }

    @Test
    void an_accepted_refund_without_payeases_sign_is_not_believed() {
        payease.answers.add(refunds());
        payease.answers.add(refundAccepted("R1", "100.00", "5a".repeat(128)));
        payease.answers.add(refunds());
        payease.answers.add(refundAccepted("R1", "99.00"));

        assertThat(refunds.refund(account, order())).isInstanceOf(RefundAnswer.Unknown.class);
        assertThat(refunds.refund(account, order())).isInstanceOf(RefundAnswer.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"0, Accepted", "1, Succeeded", "2, Failed", "9, Accepted", "'', Accepted"})
    void only_the_states_we_assume_are_final(String status, String meaning) {
        payease.answers.add(refunds(refund("R1", "100.00", status, "20261126", NUMBER)));

        assertThat(refunds.query(account, order()).getClass().getSimpleName()).isEqualTo(meaning);
    }

    @Test
    void a_refund_whose_reason_got_lost_is_found_by_amount_and_day() {
        payease.answers.add(refunds(refund("R1", "100.00", "1", "20261126", "")));

        assertThat(refunds.query(account, order())).isInstanceOf(RefundAnswer.Succeeded.class);
    }

    @Test
    void the_refunds_of_others_are_not_ours() {
        payease.answers.add(
                refunds(
                        refund("R0", "100.00", "1", "20261126", OTHER),
                        refund("R2", "100.00", "1", "20261125", ""),
                        refund("R3", "99.00", "1", "20261126", "")));

        assertThat(refunds.query(account, order())).isEqualTo(new RefundAnswer.NotFound());
    }

    @Test
    void when_several_could_be_it_nobody_knows() {
        payease.answers.add(
                refunds(
                        refund("R1", "100.00", "1", "20261126", ""),
                        refund("R2", "100.00", "1", "20261126", "")));
        payease.answers.add(
                refunds(
                        refund("R1", "100.00", "1", "20261126", NUMBER),
                        refund("R2", "100.00", "1", "20261126", NUMBER)));
        payease.answers.add(refunds(refund("R1", "99.00", "1", "20261126", NUMBER)));

        for (int i = 0; i < 3; i++) {
            assertThat(refunds.query(account, order())).isInstanceOf(RefundAnswer.Unknown.class);
        }
    }

    @Test
    void only_a_list_that_was_read_and_signed_can_show_that_it_is_not_there() {
        payease.answers.add(refunds());
        payease.answers.add(refunds(refund("R0", "5.00", "1", "20261126", OTHER)));
        payease.answers.add(
                refunds(refund("R0", "5.00", "1", "20261126", OTHER).replace("5.00", "6.00")));
        payease.answers.add(refusal("Invalid order number"));
        payease.answers.add(new MockResponse.Builder().code(500).build());

        assertThat(refunds.query(account, order())).isEqualTo(new RefundAnswer.NotFound());
        assertThat(refunds.query(account, order())).isEqualTo(new RefundAnswer.NotFound());
        for (int i = 0; i < 3; i++) {
            assertThat(refunds.query(account, order())).isInstanceOf(RefundAnswer.Unknown.class);
        }
    }

    private static RefundOrder order() {
        return new RefundOrder(
                NUMBER,
                ORDER,
                OID,
                Flow.BANK,
                ORDER.amount(),
                new Money(0, Currency.of("CNY")),
                new Money(10_000, Currency.of("CNY")),
                "too much honey",
                ORDER.createdAt(),
                ASKED_AT);
    }
}

package io.ferrypay.paymentchannel.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport.Result;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport.RefundReport;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Charged;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What a channel says by itself about a refund. */
@ExtendWith(OutputCaptureExtension.class)
class RefundReportTest extends RefundingTest {

    @Autowired private MeterRegistry meters;

    @BeforeEach
    void the_channel_takes_its_time() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Accepted(null));
    }

    @Test
    void a_refund_that_needs_a_person_raises_one_alarm_and_can_still_succeed(
            CapturedOutput output) {
        var before = stuck();
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);
        var report = report(refund, new RefundAnswer.NeedsAPerson("50001"));

        assertThat(refundReports.apply(report)).isInstanceOf(Result.Applied.class);
        for (var i = 0; i < 3; i++) {
            assertThat(refundReports.apply(report)).isInstanceOf(Result.AlreadyApplied.class);
            channel.saysOfRefund(numberOf(refund), new RefundAnswer.NeedsAPerson("50001"));
            advance(refund);
        }

        assertThat(now(refund).path("status").asString()).isEqualTo("pending");
        assertThat(stuck() - before).isEqualTo(1);
        var alarms =
                output.getAll()
                        .lines()
                        .filter(line -> line.contains("by hand") && line.contains(id(refund)));
        assertThat(alarms).singleElement().asString().contains("ERROR", numberOf(refund));
        refundReports.apply(report(refund, refundSuccess()));
        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
    }

    private double stuck() {
        return meters.counter("ferry.refund.stuck").count();
    }

    @Test
    void a_success_ends_it_once() throws Exception {
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);
        var report = report(refund, refundSuccess());

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    IntStream.range(0, 20)
                            .mapToObj(_ -> threads.submit(() -> refundReports.apply(report)))
                            .toList();
            var applied = 0;
            for (var one : running) {
                applied += one.get() instanceof Result.Applied ? 1 : 0;
            }
            assertThat(applied).isEqualTo(1);
        }
        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(balance(paid)).containsExactly(0L, 2_000L, 2_000L);
        assertThat(refundEvents(refund)).containsExactly("refund.created", "refund.succeeded");
    }

    @Test
    void a_no_releases_the_money() {
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);

        assertThat(refundReports.apply(report(refund, new RefundAnswer.Failed("ABNORMAL"))))
                .isInstanceOf(Result.Applied.class);
        assertThat(refundReports.apply(report(refund, new RefundAnswer.Failed("ABNORMAL"))))
                .isInstanceOf(Result.AlreadyApplied.class);

        assertThat(now(refund).path("status").asString()).isEqualTo("failed");
        assertThat(balance(paid)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void a_report_that_comes_before_our_own_call_returns_counts() throws Exception {
        var called = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        channel.answersRefundsWith(_ -> {
            called.countDown();
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new RefundAnswer.NotNow("SYSTEM_BUSY");
        });
        var paid = paid();
        var refund = refunding(paid, "20.00");
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();

        var result = refundReports.apply(report(refund, refundSuccess()));
        release.countDown();

        assertThat(result).isInstanceOf(Result.Applied.class);
        advance(); // Whatever our call came back with.
        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(balance(paid)).containsExactly(0L, 2_000L, 2_000L);
        assertThat(asked(refund)).hasSize(1);
    }

    @Test
    void news_that_came_in_between_outweigh_what_our_own_call_says() throws Exception {
        var called = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        channel.answersRefundsWith(_ -> {
            called.countDown();
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new RefundAnswer.NotNow("SYSTEM_BUSY");
        });
        var refund = refunding(paid(), "20.00");
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();

        refundReports.apply(report(refund, new RefundAnswer.Accepted("W-7")));
        release.countDown();

        awaitQuiet(refund);
        assertThat(submissionOf(refund)).isEqualTo("accepted");
    }

    @Test
    void what_does_not_fit_is_refused_and_kept() {
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);
        var right = report(refund, refundSuccess());

        assertRefused(
                new RefundReport(
                        "another",
                        right.refundNumber(),
                        right.orderNumber(),
                        right.refunded(),
                        right.outcome(),
                        null,
                        "{}"),
                "wrong_account");
        assertRefused(
                new RefundReport(
                        FakeChannel.ACCOUNT,
                        right.refundNumber(),
                        "FP0000NEVERSEEN",
                        right.refunded(),
                        right.outcome(),
                        null,
                        "{}"),
                "wrong_order");
        assertRefused(with(right, new Charged(1_999, "NZD")), "wrong_amount");
        assertRefused(with(right, new Charged(2_000, "CNY")), "wrong_currency");
        assertThat(now(refund).path("status").asString()).isEqualTo("pending");
        assertThat(balance(paid)).containsExactly(2_000L, 0L, 2_000L);
    }

    @Test
    void a_success_after_a_no_is_for_a_person_to_look_at() {
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);
        refundReports.apply(report(refund, new RefundAnswer.Failed("CLOSED")));

        assertRefused(report(refund, refundSuccess()), "second_end");
        assertThat(now(refund).path("status").asString()).isEqualTo("failed");
        assertThat(balance(paid)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void a_refund_we_do_not_have_is_not_ours_to_answer_for() {
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);
        var right = report(refund, refundSuccess());

        assertThat(
                        refundReports.apply(
                                new RefundReport(
                                        right.accountId(),
                                        "FP0000NEVERSEEN",
                                        null,
                                        right.refunded(),
                                        right.outcome(),
                                        null,
                                        "{}")))
                .isInstanceOf(Result.UnknownOrder.class);
    }

    @Test
    void what_says_nothing_changes_nothing() {
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);

        for (var nothing :
                new RefundAnswer[] {
                    new RefundAnswer.Accepted(null),
                    new RefundAnswer.NotFound(),
                    new RefundAnswer.NotNow("x"),
                    new RefundAnswer.Unknown("x")
                }) {
            assertThat(refundReports.apply(report(refund, nothing)))
                    .isInstanceOf(Result.AlreadyApplied.class);
        }
        assertThat(now(refund).path("status").asString()).isEqualTo("pending");
        assertThat(submissionOf(refund)).isEqualTo("accepted");
    }

    /** Until no step is under way: its lease is gone. */
    private void awaitQuiet(JsonNode refund) {
        org.awaitility.Awaitility.await()
                .pollDelay(java.time.Duration.ofMillis(300))
                .until(() -> !submissionOf(refund).equals("asking"));
    }

    private static RefundReport with(RefundReport right, Charged refunded) {
        return new RefundReport(
                right.accountId(),
                right.refundNumber(),
                right.orderNumber(),
                refunded,
                right.outcome(),
                null,
                "{}");
    }

    private void assertRefused(RefundReport report, String reason) {
        assertThat(refundReports.apply(report)).isEqualTo(new Result.Refused(reason));
        assertThat(
                        jdbc.sql(
                                        "select source from refused_report where order_number = ? and reason = ?")
                                .param(report.refundNumber())
                                .param(reason)
                                .query(String.class)
                                .single())
                .isEqualTo("refund_notification");
    }
}

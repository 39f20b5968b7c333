package io.ferrypay.paymentchannel.refund;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.channel.RefundRules;
import io.ferrypay.paymentchannel.channel.RefundRules.Pause;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the channel's answers, its silence, its rules and our own deaths make of a refund. */
class AdvanceRefundsTest extends RefundingTest {

    private static final Duration ALWAYS = Duration.ofDays(36_500);

    /** A process that dies says nothing. */
    private static final class Killed extends RuntimeException {}

    @Test
    void what_the_channel_has_accepted_is_queried_until_it_is_done() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Accepted("W-1"));
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);
        channel.saysOfRefund(numberOf(refund), new RefundAnswer.Accepted("W-1"));

        advance(refund);
        assertThat(now(refund).path("status").asString()).isEqualTo("pending");
        channel.saysOfRefund(
                numberOf(refund),
                new RefundAnswer.Succeeded(
                        "W-1", new Money(9_291, Currency.of("CNY")), Instant.EPOCH));
        advance(refund);

        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(now(refund).path("payer_amount").asString()).isEqualTo("92.91");
        assertThat(now(refund).path("channel_reference").asString()).isEqualTo("W-1");
        assertThat(asked(refund)).hasSize(1);
    }

    @Test
    void a_silent_company_does_not_hold_up_the_refunds_of_others() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Accepted(null));
        for (var i = 0; i < 17; i++) {
            var silent = refunding(paid(), "20.00");
            awaitAsked(silent, 1);
            jdbc.sql("update attempt set account_id = ? where order_number = ?")
                    .params(FakeChannel.SILENT_ACCOUNT, text(silent, "order_number"))
                    .update();
            jdbc.sql(
                            "update refund set account_id = ?, next_step_at = now() - interval '1 minute' where id = ?")
                    .params(FakeChannel.SILENT_ACCOUNT, id(silent))
                    .update();
        }
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);
        channel.saysOfRefund(
                numberOf(refund), new RefundAnswer.Succeeded("W-1", null, Instant.EPOCH));
        makeDue(refund);

        job("advance-refunds", "{\"limit\":8}");
        job("advance-refunds", "{\"limit\":8}");

        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void pauses_between_queries_grow() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Accepted(null));
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);
        channel.saysOfRefund(numberOf(refund), new RefundAnswer.Accepted(null));

        assertThat(secondsToNextStep(refund)).isBetween(1, 5);
        for (var seconds : List.of(15, 30, 60)) {
            advance(refund);
            assertThat(secondsToNextStep(refund)).isBetween(seconds - 5, seconds);
        }
    }

    @Test
    void a_no_gives_the_money_back_to_the_balance() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Failed("TRADE_OVERDUE"));
        var paid = paid();

        var refund = refunding(paid, "120.00");

        awaitStatus(refund, "failed");
        assertThat(now(refund).path("failure").path("code").asString())
                .isEqualTo("channel_refused");
        assertThat(now(refund).path("failure").path("decline_code").asString())
                .isEqualTo("TRADE_OVERDUE");
        assertThat(balance(paid)).containsExactly(0L, 0L, 0L);
        assertThat(now(paid).path("refund_state").asString()).isEqualTo("none");
        assertThat(refundEvents(refund)).containsExactly("refund.created", "refund.failed");
        channel.answersRefundsWith(channel::refunded);
        awaitStatus(refunding(paid, "120.00"), "succeeded");
    }

    @Test
    void not_now_is_asked_again_later_under_the_same_number() {
        channel.answersRefundsWith(_ -> new RefundAnswer.NotNow("NOT_ENOUGH"));
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);
        assertThat(submissionOf(refund)).isEqualTo("waiting");
        assertThat(secondsToNextStep(refund)).isBetween(50, 60);
        advance(refund);
        assertThat(secondsToNextStep(refund)).isBetween(290, 300);
        assertThat(now(refund).path("status").asString()).isEqualTo("pending");

        channel.answersRefundsWith(channel::refunded);
        advance(refund);

        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(asked(refund)).hasSize(3);
        assertThat(channel.refundQueriesOf(numberOf(refund))).isZero();
        assertThat(channel.refundsOf(paid.orderNumber()))
                .extracting(RefundOrder::refundNumber)
                .containsOnly(numberOf(refund));
    }

    @Test
    void silence_is_queried_and_what_had_happened_is_found() {
        channel.answersRefundsWith(order -> {
            channel.refunded(order);
            return new RefundAnswer.Unknown("no answer in time");
        });
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);
        assertThat(submissionOf(refund)).isEqualTo("unsure");

        advance(refund);

        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(asked(refund)).hasSize(1);
        assertThat(balance(paid)).containsExactly(0L, 2_000L, 2_000L);
    }

    @Test
    void silence_about_what_never_arrived_is_asked_again_under_the_same_number() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Unknown("no connection"));
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);
        channel.answersRefundsWith(channel::refunded);

        advance(refund); // It does not know it.
        assertThat(submissionOf(refund)).isEqualTo("waiting");
        advance(refund);

        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(asked(refund))
                .hasSize(2)
                .extracting(RefundOrder::refundNumber)
                .containsOnly(numberOf(refund));
        assertThat(asked(refund).getFirst()).isEqualTo(asked(refund).getLast());
    }

    @Test
    void a_channel_that_stays_silent_changes_nothing() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Unknown("HTML"));
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);
        channel.saysOfRefund(numberOf(refund), new RefundAnswer.Unknown("HTML"));
        makeDue(refund);

        var answer = job("advance-refunds", "{\"limit\":200}");

        assertThat(answer.body()).isEqualTo("{\"examined\":1,\"changed\":0,\"unknown\":1}");
        assertThat(now(refund).path("status").asString()).isEqualTo("pending");
        assertThat(balance(paid)).containsExactly(2_000L, 0L, 2_000L);
        assertThat(asked(refund)).hasSize(1);
    }

    @Test
    void killed_before_anybody_took_it_up_it_is_asked_for_by_the_clock() {
        channel.answersRefundsWith(_ -> new RefundAnswer.NotNow("never"));
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);
        // As the create leaves it when the process dies right after its commit.
        jdbc.sql(
                        "update refund set submission = 'waiting', steps = 0, tries = 0, asked_at = null where id = ?")
                .param(id(refund))
                .update();
        channel.answersRefundsWith(channel::refunded);

        advance(refund);

        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(balance(paid)).containsExactly(0L, 2_000L, 2_000L);
    }

    @Test
    void killed_before_the_channel_heard_of_it_it_is_queried_and_then_asked_for() {
        channel.answersRefundsWith(_ -> {
            throw new Killed();
        });
        var paid = paid();
        var refund = refunding(paid, "20.00");
        Awaitility.await().until(() -> asked(refund).size() == 1);
        assertThat(submissionOf(refund)).isEqualTo("asking");
        channel.answersRefundsWith(channel::refunded);

        advance(refund);
        assertThat(channel.refundQueriesOf(numberOf(refund))).isEqualTo(1);
        assertThat(asked(refund)).hasSize(1);
        advance(refund);

        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(asked(refund)).hasSize(2);
        assertThat(balance(paid)).containsExactly(0L, 2_000L, 2_000L);
    }

    @Test
    void killed_after_the_channel_did_it_it_is_found_and_not_asked_for_again() {
        channel.answersRefundsWith(order -> {
            channel.refunded(order);
            throw new Killed();
        });
        var paid = paid();
        var refund = refunding(paid, "20.00");
        Awaitility.await().until(() -> asked(refund).size() == 1);

        advance(refund);

        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(asked(refund)).hasSize(1);
        assertThat(balance(paid)).containsExactly(0L, 2_000L, 2_000L);
        assertThat(refundEvents(refund)).containsExactly("refund.created", "refund.succeeded");
    }

    @Test
    void what_is_being_asked_for_is_left_alone_until_whoever_asks_is_surely_dead() {
        channel.answersRefundsWith(_ -> {
            throw new Killed();
        });
        var refund = refunding(paid(), "20.00");
        Awaitility.await().until(() -> asked(refund).size() == 1);

        assertThat(secondsToNextStep(refund)).isBetween(80, 90);
        advance();

        assertThat(channel.refundQueriesOf(numberOf(refund))).isZero();
    }

    @Test
    void many_clocks_at_once_ask_once() throws Exception {
        channel.answersRefundsWith(_ -> new RefundAnswer.NotNow("busy"));
        var paid = paid();
        var refund = refunding(paid, "20.00");
        awaitAsked(refund, 1);
        channel.answersRefundsWith(channel::refunded);
        makeDue(refund);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    IntStream.range(0, 10)
                            .mapToObj(_ -> threads.submit(this::advanceOnce))
                            .toList();
            for (var one : running) {
                one.get();
            }
        }

        assertThat(asked(refund)).hasSize(2);
        assertThat(channel.refundQueriesOf(numberOf(refund))).isZero();
        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
        assertThat(balance(paid)).containsExactly(0L, 2_000L, 2_000L);
    }

    private int advanceOnce() {
        return job("advance-refunds", "{\"limit\":200}").statusCode();
    }

    @Test
    void refunds_of_one_order_keep_the_channel_s_distance() {
        channel.allowsRefunds(
                new RefundRules(ALWAYS, 50, Duration.ofMinutes(1), Duration.ZERO, true, null));
        var paid = paid();
        var first = refunding(paid, "20.00");
        awaitStatus(first, "succeeded");

        var second = refunding(paid, "30.00");

        awaitPostponed(second);
        assertThat(asked(second)).isEmpty();
        assertThat(secondsToNextStep(second)).isBetween(40, 60);
        advance(second); // Looked at too early, it still waits.
        assertThat(asked(second)).isEmpty();
        awaitStatus(refunding(paid(), "5.00"), "succeeded"); // Another order has its own turn.
        jdbc.sql("update refund_turn set free_at = now()").update();
        advance(second);
        assertThat(now(second).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void refunds_of_one_account_keep_the_channel_s_distance() {
        channel.allowsRefunds(
                new RefundRules(ALWAYS, 50, Duration.ZERO, Duration.ofSeconds(30), true, null));
        jdbc.sql("delete from refund_turn").update();
        var first = refunding(paid(), "20.00");
        awaitStatus(first, "succeeded");

        var second = refunding(paid(), "30.00");

        awaitPostponed(second);
        assertThat(asked(second)).isEmpty();
        assertThat(secondsToNextStep(second)).isBetween(15, 30);
        jdbc.sql("delete from refund_turn").update();
        advance(second);
        assertThat(now(second).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void an_account_s_distance_counts_from_the_answer() {
        channel.allowsRefunds(
                new RefundRules(ALWAYS, 50, Duration.ZERO, Duration.ofSeconds(3), true, null));
        jdbc.sql("delete from refund_turn").update();
        channel.answersRefundsWith(_ -> {
            throw new Killed(); // It may still be at it.
        });
        var first = refunding(paid(), "20.00");
        Awaitility.await().until(() -> asked(first).size() == 1);

        var second = refunding(paid(), "30.00");

        awaitPostponed(second);
        for (var i = 0; i < 3; i++) {
            advance(second);
        }
        assertThat(asked(second)).isEmpty();
        jdbc.sql("delete from refund_turn").update();
    }

    @Test
    void whoever_waits_for_a_call_comes_again_when_it_may_be_over() throws Exception {
        channel.allowsRefunds(
                new RefundRules(ALWAYS, 50, Duration.ZERO, Duration.ofSeconds(30), true, null));
        jdbc.sql("delete from refund_turn").update();
        var called = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        refundsWaitFor(release, called);
        var first = refunding(paid(), "20.00");
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();

        var second = refunding(paid(), "30.00");

        awaitPostponed(second);
        assertThat(secondsToNextStep(second)).isBetween(15, 31);
        release.countDown();
        awaitStatus(first, "succeeded");
        jdbc.sql("delete from refund_turn").update();
    }

    @Test
    void a_turn_that_comes_soon_is_taken_without_the_clock() {
        channel.allowsRefunds(
                new RefundRules(ALWAYS, 50, Duration.ZERO, Duration.ofMillis(300), true, null));
        jdbc.sql("delete from refund_turn").update();

        var refunds = IntStream.range(0, 4).mapToObj(_ -> refunding(paid(), "1.00")).toList();

        refunds.forEach(refund -> awaitStatus(refund, "succeeded")); // Nobody calls the job.
        assertThat(refunds.stream().map(this::asked))
                .allSatisfy(asked -> assertThat(asked).hasSize(1));
    }

    @Test
    void at_night_the_channel_is_left_alone() {
        var there = LocalTime.now(ZoneId.of("Asia/Shanghai"));
        var until = there.plusMinutes(30);
        if (until.isBefore(there)) {
            until = LocalTime.MAX;
        }
        channel.allowsRefunds(
                new RefundRules(
                        ALWAYS,
                        50,
                        Duration.ZERO,
                        Duration.ZERO,
                        true,
                        new Pause(there.minusMinutes(there.toSecondOfDay() < 60 ? 0 : 1), until)));

        var refund = refunding(paid(), "20.00");

        awaitPostponed(refund);
        assertThat(asked(refund)).isEmpty();
        channel.allowsRefunds(io.ferrypay.paymentchannel.FakeChannel.ANYTHING_GOES);
        advance(refund);
        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
    }

    /** As Payease's, which has no number of ours to know a refund by. */
    private void askingTwiceIsRefundingTwice() {
        channel.allowsRefunds(
                new RefundRules(ALWAYS, 50, Duration.ZERO, Duration.ZERO, false, null));
    }

    @Test
    void where_asking_twice_is_refunding_twice_an_order_has_one_refund_under_way() {
        askingTwiceIsRefundingTwice();
        channel.answersRefundsWith(_ -> new RefundAnswer.Accepted(null));
        var paid = paid();
        var first = refunding(paid, "20.00");
        awaitAsked(first, 1);
        var second = refunding(paid, "30.00");
        awaitPostponed(second);
        advance(second);
        assertThat(asked(second)).isEmpty();

        channel.saysOfRefund(numberOf(first), refundSuccess());
        advance(first);
        advance(second);

        assertThat(asked(second)).hasSize(1);
    }

    @Test
    void where_asking_twice_is_refunding_twice_not_known_may_mean_not_yet() {
        askingTwiceIsRefundingTwice();
        channel.answersRefundsWith(_ -> new RefundAnswer.Unknown("no answer in time"));
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);

        advance(refund);
        assertThat(submissionOf(refund)).isEqualTo("unsure");
        assertThat(secondsToNextStep(refund)).isBetween(240, 300);
        advance(refund);
        assertThat(asked(refund)).hasSize(1);

        jdbc.sql("update refund set asked_at = now() - interval '5 minutes' where id = ?")
                .param(id(refund))
                .update();
        channel.answersRefundsWith(channel::refunded);
        advance(refund);
        advance(refund);

        assertThat(asked(refund)).hasSize(2);
        assertThat(now(refund).path("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void where_asking_twice_is_refunding_twice_what_was_accepted_is_never_asked_again() {
        askingTwiceIsRefundingTwice();
        channel.answersRefundsWith(_ -> new RefundAnswer.Accepted(null));
        var refund = refunding(paid(), "20.00");
        awaitAsked(refund, 1);
        jdbc.sql("update refund set asked_at = now() - interval '1 day' where id = ?")
                .param(id(refund))
                .update();

        advance(refund);
        advance(refund);

        assertThat(asked(refund)).hasSize(1);
        assertThat(now(refund).path("status").asString()).isEqualTo("pending");
    }

    @Test
    void a_channel_that_takes_yuan_gives_the_same_yuan_back_in_parts() {
        channel.takesYuanOnly();
        var paid = paid();
        var charged = paid.order().key().amount();
        assertThat(charged.currency().code()).isEqualTo("CNY");

        var first = refunding(paid, "33.33");
        var second = refunding(paid, "33.33");
        var third = JSON.readTree(refund(paid, anyKey(), "{}").body());

        for (var refund : List.of(first, second, third)) {
            awaitStatus(refund, "succeeded");
            assertThat(refund.path("payer_currency").asString()).isEqualTo("CNY");
        }
        var orders = channel.refundsOf(paid.orderNumber());
        assertThat(orders).allMatch(order -> order.paid().equals(charged));
        assertThat(orders.stream().map(RefundOrder::amount).reduce(Money::plus)).hasValue(charged);
        assertThat(third.path("amount").asString()).isEqualTo("53.34");
        assertThat(balance(paid)).containsExactly(0L, 12_000L, charged.minorUnits());
    }

    @Test
    void races_for_yuan_end_at_the_charge_whatever_fails() throws Exception {
        channel.takesYuanOnly();
        var paid = paid();
        var charged = paid.order().key().amount().minorUnits();
        channel.answersRefundsWith(order ->
                order.refundNumber().hashCode() % 3 == 0
                        ? new RefundAnswer.Failed("UNLUCKY")
                        : channel.refunded(order));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    IntStream.range(0, 20)
                            .mapToObj(n -> threads.submit(() -> refund(paid, n % 7 + ".37")))
                            .toList();
            for (var one : running) {
                one.get();
            }
        }
        Awaitility.await().untilAsserted(() -> assertThat(balance(paid).getFirst()).isZero());
        channel.answersRefundsWith(channel::refunded);

        awaitStatus(JSON.readTree(refund(paid, anyKey(), "{}").body()), "succeeded");

        assertThat(balance(paid)).containsExactly(0L, 12_000L, charged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"limit\":0}", "{\"limit\":1001}", "{\"limit\":\"5\"}"})
    void a_bad_order_is_refused(String body) {
        assertThat(job("advance-refunds", body).statusCode()).isEqualTo(400);
    }

    @Test
    void only_services_give_orders() {
        var path = "/internal/jobs/advance-refunds";

        assertThat(send(request(path, null), "POST", "{\"limit\":1}").statusCode()).isEqualTo(401);
        assertThat(
                        send(
                                        request(
                                                path,
                                                TestTokens.merchant(
                                                        merchant,
                                                        "test",
                                                        List.of("refunds:write"))),
                                        "POST",
                                        "{\"limit\":1}")
                                .statusCode())
                .isEqualTo(403);
    }

    /** The channel counts those that ask, and answers when it is let. */
    private void refundsWaitFor(CountDownLatch release, CountDownLatch called) {
        channel.answersRefundsWith(order -> {
            called.countDown();
            try {
                release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return channel.refunded(order);
        });
    }

    @Test
    void a_slow_channel_holds_no_connection() throws Exception {
        var called = new CountDownLatch(8);
        var release = new CountDownLatch(1);
        refundsWaitFor(release, called);
        var refunds = IntStream.range(0, 8).mapToObj(_ -> refunding(paid(), "1.00")).toList();
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();

        var idle =
                jdbc.sql(
                                """
                                select count(*) from pg_stat_activity
                                 where datname = current_database() and state = 'idle in transaction'
                                """)
                        .query(Long.class)
                        .single();

        release.countDown();
        assertThat(idle).isZero();
        refunds.forEach(refund -> awaitStatus(refund, "succeeded"));
    }

    /** Until somebody has looked at it and found that it has to wait. */
    private void awaitPostponed(JsonNode refund) {
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(
                                        jdbc.sql("select version from refund where id = ?")
                                                .param(id(refund))
                                                .query(Long.class)
                                                .single())
                                .isPositive());
    }

    private int secondsToNextStep(JsonNode refund) {
        return jdbc.sql(
                        "select ceil(extract(epoch from next_step_at - now()))::int from refund where id = ?")
                .param(id(refund))
                .query(Integer.class)
                .single();
    }
}

package io.ferrypay.paymentchannel.payment;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.events.Event;
import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What the clock does: asking channels, and expiring. */
class ClockTest extends RunningServiceTest {

    @Autowired private AskForStatement askForStatement;
    @Autowired private TransactionTemplate transaction;

    @BeforeEach
    void nothing_else_is_due() {
        jdbc.sql(
                        "update attempt set next_query_at = now() + interval '1 hour' where next_query_at is not null")
                .update();
        jdbc.sql("update payment set next_sweep_at = now() + interval '1 hour'").update();
    }

    @Test
    void a_payment_whose_notification_was_lost_is_found_by_asking() {
        var payment = created();
        var order = offered(payment);
        channel.says(order.key().orderNumber(), success(order, "42000001"));
        makeDue(order);

        var answer = job("query-pending-payments", "{\"limit\":200}");

        assertThat(answer.body()).isEqualTo("{\"examined\":1,\"changed\":1,\"unknown\":0}");
        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(job("query-pending-payments", "{\"limit\":200}").body())
                .isEqualTo("{\"examined\":0,\"changed\":0,\"unknown\":0}");
    }

    @Test
    void a_closed_order_that_a_statement_calls_paid_is_asked_about_until_its_channel_answers() {
        var payment = created();
        var order = offered(payment);
        channel.answersClose(order.key().orderNumber(), new CloseAnswer.Closed());
        channel.says(order.key().orderNumber(), new ChannelOutcome.Closed());
        makeOverdue(payment);
        job("expire-unpaid-payments", "{\"limit\":200}");
        assertThat(statusOf(payment)).isEqualTo("expired");

        var decided = decided(order, "ask_channel");
        transaction.executeWithoutResult(
                _ -> askForStatement.apply(List.of(decided, decided(order, "claim"))));
        channel.says(order.key().orderNumber(), new ChannelOutcome.Unknown("silent"));
        assertThat(job("query-pending-payments", "{\"limit\":200}").body())
                .isEqualTo("{\"examined\":1,\"changed\":0,\"unknown\":1}");
        channel.says(order.key().orderNumber(), success(order, "42000009"));
        jdbc.sql("update order_to_ask_about set due_at = now()").update();
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(eventsOf(payment)).contains("payment.paid", "payment.paid_late");
        // Told again, it is asked about again, and nothing changes.
        transaction.executeWithoutResult(_ -> askForStatement.apply(List.of(decided)));
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(eventsOf(payment)).containsOnlyOnce("payment.paid");
        assertThat(jdbc.sql("select count(*) from order_to_ask_about").query(Long.class).single())
                .isZero();
    }

    private static Event decided(ChannelOrder order, String action) {
        return Event.of(
                "difference.decided",
                "dif_1",
                2,
                Instant.now(),
                new JsonMapper()
                        .createObjectNode()
                        .put("difference", 1)
                        .put("action", action)
                        .put("account", order.key().accountId())
                        .put("order_number", order.key().orderNumber()));
    }

    @Test
    void asking_pauses_longer_each_time() {
        var order = offered(created());

        assertThat(secondsToNextQuery(order)).isBetween(2, 5);
        for (var seconds : List.of(10, 30, 60, 60)) {
            makeDue(order);
            job("query-pending-payments", "{\"limit\":200}");
            assertThat(secondsToNextQuery(order)).isBetween(seconds - 3, seconds);
        }
    }

    @Test
    void a_channel_that_does_not_know_leaves_everything_as_it_is() {
        var payment = created();
        var order = offered(payment);
        channel.says(order.key().orderNumber(), new ChannelOutcome.Unknown("HTML"));
        makeDue(order);

        var answer = job("query-pending-payments", "{\"limit\":200}");

        assertThat(answer.body()).isEqualTo("{\"examined\":1,\"changed\":0,\"unknown\":1}");
        assertThat(statusOf(payment)).isEqualTo("pending");
    }

    @ParameterizedTest
    @ValueSource(strings = {"query-pending-payments", "expire-unpaid-payments"})
    void a_silent_company_does_not_hold_up_the_orders_of_others(String job) {
        for (var i = 0; i < 17; i++) {
            var silent = offered(created());
            jdbc.sql("update attempt set account_id = ? where order_number = ?")
                    .params(FakeChannel.SILENT_ACCOUNT, silent.key().orderNumber())
                    .update();
        }
        jdbc.sql(
                        """
                        update attempt set next_query_at = now() - interval '1 minute'
                         where account_id = ? and next_query_at is not null
                        """)
                .param(FakeChannel.SILENT_ACCOUNT)
                .update();
        jdbc.sql(
                        """
                        update payment set next_sweep_at = now() - interval '1 minute'
                         where id in (select payment_id from attempt where account_id = ?)
                        """)
                .param(FakeChannel.SILENT_ACCOUNT)
                .update();
        var payment = created();
        var order = offered(payment);
        channel.says(order.key().orderNumber(), success(order, "42000001"));
        makeDue(order);
        makeOverdue(payment);

        job(job, "{\"limit\":8}");
        job(job, "{\"limit\":8}");

        assertThat(statusOf(payment)).isEqualTo("paid");
    }

    @Test
    void an_order_nobody_needs_any_more_is_closed() {
        var payment = created();
        var first = offered(payment);
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(first.key().orderNumber())
                .update();
        channel.answersClose(first.key().orderNumber(), new CloseAnswer.Unknown("silent"));
        var second = offered(payment);
        notified(second, success(second, "42000002"));
        channel.answersClose(first.key().orderNumber(), new CloseAnswer.Closed());

        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(first)).isEqualTo("closed");
    }

    @Test
    void a_payment_nobody_opened_expires() {
        var payment = created();
        makeOverdue(payment);

        var answer = job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(answer.body()).isEqualTo("{\"examined\":1,\"changed\":1,\"unknown\":0}");
        assertThat(statusOf(payment)).isEqualTo("expired");
        assertThat(eventsOf(payment)).containsExactly("payment.created", "payment.expired");
    }

    @Test
    void a_shown_code_is_closed_before_its_payment_expires() {
        var payment = created();
        var order = offered(payment);
        makeOverdue(payment);

        job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(channel.wasClosed(order.key().orderNumber())).isTrue();
        assertThat(statusOf(payment)).isEqualTo("expired");
        assertThat(statusOf(order)).isEqualTo("closed");
    }

    @Test
    void money_that_came_before_the_close_pays() {
        var payment = created();
        var order = offered(payment);
        channel.says(order.key().orderNumber(), success(order, "42000001"));
        makeOverdue(payment);

        job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(channel.wasClosed(order.key().orderNumber())).isFalse();
    }

    @Test
    void money_that_came_during_the_close_pays() {
        var payment = created();
        var order = offered(payment);
        channel.saysAfterClose(order.key().orderNumber(), success(order, "42000001"));
        makeOverdue(payment);

        job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(eventsOf(payment)).doesNotContain("payment.expired", "payment.paid_late");
    }

    @Test
    void a_channel_that_will_not_close_keeps_the_payment_open() {
        var payment = created();
        var order = offered(payment);
        channel.answersClose(order.key().orderNumber(), new CloseAnswer.Unknown("silent"));
        makeOverdue(payment);

        var answer = job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(answer.body()).isEqualTo("{\"examined\":1,\"changed\":0,\"unknown\":1}");
        assertThat(statusOf(payment)).isEqualTo("pending");
    }

    @Test
    void an_order_nobody_can_close_is_watched_for_a_day_and_then_forgotten() {
        var payment = created();
        var first = offered(payment);
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(first.key().orderNumber())
                .update();
        channel.answersClose(first.key().orderNumber(), new CloseAnswer.NotPossible());
        var second = offered(payment);
        notified(second, success(second, "42000002"));
        makeDue(first);

        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(statusOf(first)).isEqualTo("lapsed");
        makeDue(first);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(secondsToNextQuery(first)).as("ever less often").isBetween(590, 600);

        jdbc.sql(
                        "update attempt set expires_at = now() - interval '25 hours' where order_number = ?")
                .param(first.key().orderNumber())
                .update();
        makeDue(first);
        job("query-pending-payments", "{\"limit\":200}");
        makeDueUnlessForgotten(first);
        assertThat(job("query-pending-payments", "{\"limit\":200}").body())
                .isEqualTo("{\"examined\":0,\"changed\":0,\"unknown\":0}");
    }

    @Test
    void a_failed_payment_whose_time_is_over_is_closed_for_good() {
        var payment = created();
        var order = offered(payment);
        jdbc.sql("update payment set status = 'failed', ended_at = now() where id = ?")
                .param(payment.path("id").asString())
                .update();
        makeDue(order);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(channel.wasClosed(order.key().orderNumber()))
                .as("the shopper may still try again")
                .isFalse();

        jdbc.sql(
                        "update attempt set expires_at = now() - interval '1 second' where order_number = ?")
                .param(order.key().orderNumber())
                .update();
        makeDue(order);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(channel.wasClosed(order.key().orderNumber())).isTrue();
    }

    @Test
    void an_answer_without_proof_ends_a_payment_only_long_after_its_time() {
        var payment = created();
        var order = offered(payment);
        channel.says(order.key().orderNumber(), new ChannelOutcome.Unknown("EXX", true));
        makeOverdue(payment);

        job("expire-unpaid-payments", "{\"limit\":200}");
        assertThat(statusOf(payment)).isEqualTo("pending");

        jdbc.sql(
                        "update attempt set expires_at = now() - interval '11 minutes' where order_number = ?")
                .param(order.key().orderNumber())
                .update();
        makeOverdue(payment);
        job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(statusOf(payment)).isEqualTo("expired");
        assertThat(statusOf(order)).isEqualTo("lapsed");
    }

    @Test
    void a_silent_channel_ends_nothing_however_long_it_takes() {
        var payment = created();
        var order = offered(payment);
        channel.says(order.key().orderNumber(), new ChannelOutcome.Unknown("timeout"));
        jdbc.sql("update attempt set expires_at = now() - interval '1 day' where order_number = ?")
                .param(order.key().orderNumber())
                .update();
        makeOverdue(payment);

        job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(statusOf(payment)).isEqualTo("pending");
    }

    private void makeDueUnlessForgotten(ChannelOrder order) {
        jdbc.sql(
                        "update attempt set next_query_at = now() - interval '1 second' where order_number = ? and next_query_at is not null")
                .param(order.key().orderNumber())
                .update();
    }

    @Test
    void what_one_sweeper_holds_another_does_not_take() {
        var order = offered(created());
        makeDue(order);
        var due = new DuePayments(jdbc, java.time.Clock.systemUTC());

        assertThat(due.takeAttempts(10, Set.of())).hasSize(1);
        assertThat(due.takeAttempts(10, Set.of())).isEmpty();
    }

    @Test
    void a_declined_payment_can_be_canceled_so_that_nobody_pays_it_any_more() {
        var payment = created();
        notified(offered(payment), new ChannelOutcome.Declined("PAYERROR"));

        var answer = post("/v2/payments/" + payment.path("id").asString() + ":cancel", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(statusOf(payment)).isEqualTo("canceled");
        assertThat(
                        page(
                                        "POST",
                                        "/checkout/"
                                                + payment.path("nonce").asString()
                                                + "/attempts",
                                        "{\"method\":\"wechat\"}")
                                .body())
                .contains("\"status\":\"canceled\"");
    }

    @Test
    void what_a_channel_cannot_close_lapses_and_is_watched_a_day_longer() {
        var payment = created();
        var order = offered(payment);
        channel.answersClose(order.key().orderNumber(), new CloseAnswer.NotPossible());
        makeOverdue(payment);

        job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(statusOf(payment)).isEqualTo("expired");
        assertThat(
                        jdbc.sql(
                                        "select status || ' ' || (next_query_at is not null) from attempt where order_number = ?")
                                .param(order.key().orderNumber())
                                .query(String.class)
                                .single())
                .isEqualTo("lapsed true");
        notified(order, success(order, "42000009"));
        assertThat(statusOf(payment)).isEqualTo("paid");
    }

    @Test
    void canceling_closes_first_and_repeats_safely() {
        var payment = created();
        var order = offered(payment);
        var cancel = "/v2/payments/" + payment.path("id").asString() + ":cancel";

        var first = post(cancel, "");
        var second = post(cancel, "");

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(channel.wasClosed(order.key().orderNumber())).isTrue();
        assertThat(eventsOf(payment)).containsOnlyOnce("payment.canceled");
    }

    @Test
    void what_is_paid_is_not_canceled() {
        var payment = created();
        var order = offered(payment);
        channel.says(order.key().orderNumber(), success(order, "42000001"));

        var answer = post("/v2/payments/" + payment.path("id").asString() + ":cancel", "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(codeOf(answer)).isEqualTo("payment_ended");
        assertThat(statusOf(payment)).isEqualTo("paid");
    }

    @Test
    void a_cancel_the_channel_cannot_confirm_changes_nothing() {
        var payment = created();
        var order = offered(payment);
        channel.says(order.key().orderNumber(), new ChannelOutcome.Unknown("silent"));

        var answer = post("/v2/payments/" + payment.path("id").asString() + ":cancel", "");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(codeOf(answer)).isEqualTo("channel_unavailable");
        assertThat(statusOf(payment)).isEqualTo("pending");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"limit\":0}",
                "{\"limit\":-1}",
                "{\"limit\":1001}",
                "{\"limit\":\"5\"}",
                "{\"limit\":1.5}",
                "{\"limit\":99999999999}",
                "{\"limit\":1,\"x\":2}"
            })
    void a_bad_order_is_refused(String body) {
        for (var name : List.of("query-pending-payments", "expire-unpaid-payments")) {
            var answer = job(name, body);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(codeOf(answer)).isIn("malformed_json", "invalid_request", "unknown_field");
        }
    }

    @Test
    void only_services_give_orders() {
        var path = "/internal/jobs/expire-unpaid-payments";

        assertThat(send(request(path, null), "POST", "{\"limit\":1}").statusCode()).isEqualTo(401);
        assertThat(
                        send(
                                        request(
                                                path,
                                                TestTokens.merchant(
                                                        merchant,
                                                        "test",
                                                        List.of("payments:write"))),
                                        "POST",
                                        "{\"limit\":1}")
                                .statusCode())
                .isEqualTo(403);
    }

    private void makeDue(ChannelOrder order) {
        jdbc.sql(
                        "update attempt set next_query_at = now() - interval '1 second' where order_number = ?")
                .param(order.key().orderNumber())
                .update();
    }

    private int secondsToNextQuery(ChannelOrder order) {
        return jdbc.sql(
                        "select ceil(extract(epoch from next_query_at - now()))::int from attempt where order_number = ?")
                .param(order.key().orderNumber())
                .query(Integer.class)
                .single();
    }

    private String statusOf(ChannelOrder order) {
        return jdbc.sql("select status from attempt where order_number = ?")
                .param(order.key().orderNumber())
                .query(String.class)
                .single();
    }
}

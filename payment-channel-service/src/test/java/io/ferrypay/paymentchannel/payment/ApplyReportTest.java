package io.ferrypay.paymentchannel.payment;

import static io.ferrypay.paymentchannel.FakeChannel.notification;
import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport.Result;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Charged;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Succeeded;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import io.ferrypay.paymentchannel.channel.OffersPayments.OfferAnswer;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ApplyReportTest extends RunningServiceTest {

    @Test
    void a_success_pays_the_payment_and_tells_of_it() {
        var payment = created();
        var order = offered(payment);

        var result = notified(order, success(order, "42000001"));

        assertThat(result).isInstanceOf(Result.Applied.class);
        var now = fetched(payment);
        assertThat(now.path("status").asString()).isEqualTo("paid");
        assertThat(now.path("paid_at").asString()).isEqualTo("2026-11-23T06:11:40Z");
        assertThat(now.path("payer_amount").asString()).isEqualTo("480.00");
        assertThat(now.path("fx").path("kind").asString()).isEqualTo("executed");
        assertThat(now.path("fx").path("rate").asString()).isEqualTo("4.50337837");
        assertThat(now.path("payment_method").path("channel_reference").asString())
                .isEqualTo("42000001");
        assertThat(eventsOf(payment))
                .containsExactly("payment.created", "payment.pending", "payment.paid");
    }

    @Test
    void the_event_carries_the_payment_as_it_is_and_what_it_was() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42000001"));

        var event = eventData(payment, "payment.paid");

        assertThat(event.path("object")).isEqualTo(fetched(payment));
        assertThat(event.path("previous").path("status").asString()).isEqualTo("pending");
        assertThat(event.path("merchant_id").asString()).isEqualTo(merchant);
        assertThat(event.path("notify_url").asString()).isEqualTo("https://shop.example/hook");
        assertThat(versionsOf(payment)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_repeated_success_changes_nothing() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42000001"));

        assertThat(notified(order, success(order, "42000001")))
                .isInstanceOf(Result.AlreadyApplied.class);
        assertThat(eventsOf(payment)).containsOnlyOnce("payment.paid");
    }

    @Test
    void fifty_parallel_reports_are_one_change_and_one_event() throws Exception {
        var payment = created();
        var order = offered(payment);
        Callable<Result> work = () -> notified(order, success(order, "42000001"));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = IntStream.range(0, 50).mapToObj(_ -> threads.submit(work)).toList();
            var applied = 0;
            for (var one : running) {
                applied += one.get() instanceof Result.Applied ? 1 : 0;
            }
            assertThat(applied).isEqualTo(1);
        }
        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(eventsOf(payment)).containsOnlyOnce("payment.paid");
        assertThat(versionsOf(payment)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_wrong_amount_is_refused_and_kept() {
        var payment = created();
        var order = offered(payment);
        var right = success(order, "42000001");

        var result =
                notified(
                        order,
                        new Succeeded(
                                "42000001", new Charged(1, "NZD"), null, null, right.paidAt()));

        assertThat(result).isEqualTo(new Result.Refused("wrong_amount"));
        assertRefused(payment, order, "wrong_amount");
    }

    @Test
    void a_wrong_currency_is_refused_and_kept() {
        var payment = created();
        var order = offered(payment);
        var right = success(order, "42000001");

        var result =
                notified(
                        order,
                        new Succeeded(
                                "42000001",
                                new Charged(12_000, "XTS"),
                                null,
                                null,
                                right.paidAt()));

        assertThat(result).isEqualTo(new Result.Refused("wrong_currency"));
        assertRefused(payment, order, "wrong_currency");
    }

    @Test
    void another_merchant_s_name_is_refused_and_kept() {
        var payment = created();
        var order = offered(payment);
        var report = notification(order, success(order, "42000001"));

        var result =
                reports.apply(
                        new ChannelReport(
                                report.accountId(),
                                report.orderNumber(),
                                "1900000999",
                                report.outcome(),
                                report.source(),
                                report.notificationId(),
                                report.evidence()));

        assertThat(result).isEqualTo(new Result.Refused("wrong_merchant"));
        assertRefused(payment, order, "wrong_merchant");
    }

    @Test
    void another_account_s_word_is_refused_and_kept() {
        var payment = created();
        var order = offered(payment);
        var report = notification(order, success(order, "42000001"));

        var result =
                reports.apply(
                        new ChannelReport(
                                "another",
                                report.orderNumber(),
                                report.subMerchantId(),
                                report.outcome(),
                                report.source(),
                                report.notificationId(),
                                report.evidence()));

        assertThat(result).isEqualTo(new Result.Refused("wrong_account"));
        assertRefused(payment, order, "wrong_account");
    }

    @Test
    void a_second_success_under_another_reference_is_refused() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42000001"));

        assertThat(notified(order, success(order, "42000002")))
                .isEqualTo(new Result.Refused("second_success"));
        assertThat(fetched(payment).path("payment_method").path("channel_reference").asString())
                .isEqualTo("42000001");
    }

    @Test
    void an_order_we_do_not_have_is_not_ours_to_answer_for() {
        var order = offered(created());
        var report = notification(order, success(order, "42000001"));

        var result =
                reports.apply(
                        new ChannelReport(
                                report.accountId(),
                                "FP0000NEVERSEEN",
                                report.subMerchantId(),
                                report.outcome(),
                                report.source(),
                                report.notificationId(),
                                report.evidence()));

        assertThat(result).isInstanceOf(Result.UnknownOrder.class);
    }

    @Test
    void money_that_comes_before_we_have_shown_the_code_counts() {
        channel.answersEveryOfferWith(new OfferAnswer.Unknown("no answer in time"));
        var payment = created();
        page(
                "POST",
                "/checkout/" + payment.path("nonce").asString() + "/attempts",
                "{\"method\":\"wechat\"}");
        var order = channel.lastOrder();

        notified(order, success(order, "42000001"));

        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(eventsOf(payment)).containsExactly("payment.created", "payment.paid");
    }

    @Test
    void money_that_comes_after_expiry_is_accepted_and_told_as_late() {
        var payment = created();
        var order = offered(payment);
        expire(payment);

        notified(order, success(order, "42000001"));

        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(fetched(payment).path("paid_late").asBoolean(false)).isTrue();
        assertThat(eventsOf(payment))
                .endsWith("payment.expired", "payment.paid", "payment.paid_late");
        assertThat(eventData(payment, "payment.paid").path("object").path("paid_late").asBoolean())
                .as("a shop may look at this event alone")
                .isTrue();
        assertThat(versionsOf(payment)).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void a_rate_that_is_none_does_not_keep_money_from_counting() {
        var payment = created();
        var order = offered(payment);
        var right = success(order, "42000001");

        notified(
                order,
                new Succeeded(
                        "42000001",
                        right.charged(),
                        null,
                        new java.math.BigDecimal("1E+30"),
                        right.paidAt()));

        assertThat(statusOf(payment)).isEqualTo("paid");
    }

    @Test
    void that_an_order_was_never_seen_is_not_believed_once_it_is_on_offer() {
        var payment = created();
        var order = offered(payment);

        notified(order, new ChannelOutcome.NeverSeen());

        assertThat(view(payment).path("attempt").path("status").asString()).isEqualTo("ready");
        channel.answersEveryOfferWith(new OfferAnswer.Unknown("no answer in time"));
        var other = created();
        page(
                "POST",
                "/checkout/" + other.path("nonce").asString() + "/attempts",
                "{\"method\":\"wechat\"}");
        notified(channel.lastOrder(), new ChannelOutcome.NeverSeen());
        assertThat(view(other).path("attempt").path("status").asString()).isEqualTo("closed");
    }

    @Test
    void money_that_comes_after_cancellation_is_accepted() {
        var payment = created();
        var order = offered(payment);
        post("/v2/payments/" + payment.path("id").asString() + ":cancel", "");
        assertThat(statusOf(payment)).isEqualTo("canceled");

        notified(order, success(order, "42000001"));

        assertThat(statusOf(payment)).isEqualTo("paid");
    }

    @Test
    void late_money_a_merchant_does_not_want_is_owed_back() {
        merchant = newMerchant("refund");
        var payment = created();
        var order = offered(payment);
        expire(payment);

        notified(order, success(order, "42000001"));
        notified(order, success(order, "42000001"));

        assertThat(statusOf(payment)).isEqualTo("expired");
        assertThat(fetched(payment).path("surplus_amount").asString()).isEqualTo("120.00");
        assertThat(eventsOf(payment))
                .containsOnlyOnce("payment.surplus_paid")
                .doesNotContain("payment.paid");
        assertThat(owedBack(payment)).isEqualTo("late_payment");
    }

    @Test
    void of_two_paid_attempts_the_first_wins_and_the_second_is_owed_back() {
        var payment = created();
        var first = offered(payment);
        endCode(first);
        channel.says(first.key().orderNumber(), new ChannelOutcome.Unknown("silent"));
        var second = offered(payment);
        assertThat(second.key().orderNumber()).isNotEqualTo(first.key().orderNumber());

        notified(second, success(second, "42000002"));
        notified(first, success(first, "42000001"));

        assertThat(fetched(payment).path("payment_method").path("channel_reference").asString())
                .isEqualTo("42000002");
        assertThat(owedBack(payment)).isEqualTo("second_payment");
        assertThat(eventsOf(payment)).endsWith("payment.paid", "payment.surplus_paid");
    }

    @Test
    void a_wallet_s_no_is_told_and_the_shopper_may_try_again() {
        var payment = created();
        var order = offered(payment);

        notified(order, new ChannelOutcome.Declined("PAYERROR"));

        assertThat(statusOf(payment)).isEqualTo("failed");
        assertThat(fetched(payment).path("failure").path("decline_code").asString())
                .isEqualTo("PAYERROR");
        var again = offered(payment);
        assertThat(again.key().orderNumber()).isNotEqualTo(order.key().orderNumber());
        notified(again, success(again, "42000001"));
        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(fetched(payment).path("failure").isNull()).isTrue();
        assertThat(eventsOf(payment)).doesNotContain("payment.paid_late");
    }

    @Test
    void money_by_another_way_after_a_no_is_not_late_while_the_payment_is_open() {
        merchant = newMerchant("refund");
        var payment = created();
        var first = offered(payment);
        jdbc.sql("update payment set status = 'failed', ended_at = now() where id = ?")
                .param(payment.path("id").asString())
                .update();

        notified(first, success(first, "42000001"));

        assertThat(statusOf(payment)).isEqualTo("paid");
        assertThat(eventsOf(payment)).doesNotContain("payment.paid_late", "payment.surplus_paid");
    }

    @Test
    void a_payer_who_is_confirming_shows_as_processing_and_back() {
        var payment = created();
        var order = offered(payment);

        notified(order, new ChannelOutcome.Pending(true));
        assertThat(statusOf(payment)).isEqualTo("processing");
        notified(order, new ChannelOutcome.Pending(false));

        assertThat(statusOf(payment)).isEqualTo("pending");
    }

    @Test
    void not_knowing_changes_nothing() {
        var payment = created();
        var order = offered(payment);

        assertThat(notified(order, new ChannelOutcome.Unknown("HTML instead of JSON")))
                .isInstanceOf(Result.AlreadyApplied.class);
        assertThat(statusOf(payment)).isEqualTo("pending");
    }

    private void assertRefused(JsonNode payment, ChannelOrder order, String reason) {
        assertThat(statusOf(payment)).isEqualTo("pending");
        assertThat(eventsOf(payment)).containsExactly("payment.created", "payment.pending");
        assertThat(
                        jdbc.sql("select reason from refused_report where order_number = ?")
                                .param(order.key().orderNumber())
                                .query(String.class)
                                .single())
                .isEqualTo(reason);
    }

    private void expire(JsonNode payment) {
        makeOverdue(payment);
        assertThat(job("expire-unpaid-payments", "{\"limit\":1000}").statusCode()).isEqualTo(200);
        assertThat(statusOf(payment)).isEqualTo("expired");
    }

    private void endCode(ChannelOrder order) {
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(order.key().orderNumber())
                .update();
    }

    private String owedBack(JsonNode payment) {
        return jdbc.sql("select reason from refund_due where payment_id = ?")
                .param(payment.path("id").asString())
                .query(String.class)
                .single();
    }

    private JsonNode eventData(JsonNode payment, String type) {
        return JSON.readTree(
                jdbc.sql("select data from outbox where subject = ? and type = ?")
                        .param(payment.path("id").asString())
                        .param(type)
                        .query(String.class)
                        .single());
    }

    private JsonNode view(JsonNode payment) {
        return JSON.readTree(
                page("GET", "/checkout/" + payment.path("nonce").asString(), "").body());
    }

    private JsonNode fetched(JsonNode payment) {
        return JSON.readTree(get("/v2/payments/" + payment.path("id").asString()).body());
    }

    private java.util.List<Long> versionsOf(JsonNode payment) {
        return jdbc.sql("select version from outbox where subject = ? order by txid, position")
                .param(payment.path("id").asString())
                .query(Long.class)
                .list();
    }
}

package io.ferrypay.paymentchannel.refund;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.channel.ApplyReturnedMoney;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ClosesPayments.CloseAnswer;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** A payer was quicker than the cancel, and the channel took the order back all the same. */
class ReturnedMoneyTest extends RefundingTest {

    @Autowired private ApplyReturnedMoney returnedMoney;

    @Test
    void a_payment_whose_money_went_back_is_paid_and_refunded() {
        var payment = created();
        var order = offered(payment);
        givesBackWhenClosed(order);

        var answer = post("/v2/payments/" + payment.path("id").asString() + ":cancel", "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertRefunded(payment);
        assertThat(eventsOf(payment))
                .containsExactly("payment.created", "payment.pending", "payment.paid");
        var refund = onlyRefund(payment);
        assertThat(refund.path("status").asString()).isEqualTo("succeeded");
        assertThat(refund.path("reason").asString()).isEqualTo("paid_while_closing");
        assertThat(refund.path("amount").asString()).isEqualTo("120.00");
        assertThat(channel.refundsOf(order.key().orderNumber())).isEmpty();
        assertThat(
                        jdbc.sql(
                                        "select type from outbox where subject = ? order by txid, position")
                                .param(refund.path("id").asString())
                                .query(String.class)
                                .list())
                .containsExactly("refund.created", "refund.succeeded");
    }

    @Test
    void a_notification_that_was_quicker_changes_nothing_about_that() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42000001"));

        returned(order);
        notified(order, success(order, "42000001"));

        assertRefunded(payment);
        assertThat(eventsOf(payment))
                .containsExactly("payment.created", "payment.pending", "payment.paid");
    }

    @Test
    void told_often_and_at_once_it_went_back_once() throws Exception {
        var payment = created();
        var order = offered(payment);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    IntStream.range(0, 10)
                            .mapToObj(_ -> threads.submit(() -> returned(order)))
                            .toList();
            for (var one : running) {
                one.get();
            }
        }

        assertRefunded(payment);
        onlyRefund(payment);
    }

    @Test
    void of_a_second_payment_what_went_back_is_not_sent_back_again() {
        var payment = created();
        var first = offered(payment);
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(first.key().orderNumber())
                .update();
        channel.says(first.key().orderNumber(), new ChannelOutcome.Unknown("silent"));
        var second = offered(payment);
        notified(second, success(second, "42000002"));

        returned(first);
        job("advance-refunds", "{\"limit\":200}");

        var refund = onlyRefund(payment);
        assertThat(refund.path("kind").asString()).isEqualTo("surplus");
        assertThat(refund.path("status").asString()).isEqualTo("succeeded");
        assertThat(channel.refundsOf(first.key().orderNumber())).isEmpty();
        assertThat(JSON.readTree(get(path(payment)).body()).path("refunded_amount").asString())
                .isEqualTo("0.00");
    }

    private void givesBackWhenClosed(ChannelOrder order) {
        channel.answersClose(
                order.key().orderNumber(),
                new CloseAnswer.GivenBack(
                        FakeChannel.notification(order, success(order, "42000001")),
                        order.key().orderNumber() + "C"));
    }

    private void returned(ChannelOrder order) {
        returnedMoney.apply(
                FakeChannel.notification(order, success(order, "42000001")),
                order.key().orderNumber() + "C");
    }

    private void assertRefunded(JsonNode payment) {
        var now = JSON.readTree(get(path(payment)).body());
        assertThat(now.path("status").asString()).isEqualTo("paid");
        assertThat(now.path("refunded_amount").asString()).isEqualTo("120.00");
    }

    private JsonNode onlyRefund(JsonNode payment) {
        var listed = JSON.readTree(get(path(payment) + "/refunds").body()).path("data");
        assertThat(listed).hasSize(1);
        return listed.path(0);
    }

    private static String path(JsonNode payment) {
        return "/v2/payments/" + payment.path("id").asString();
    }
}

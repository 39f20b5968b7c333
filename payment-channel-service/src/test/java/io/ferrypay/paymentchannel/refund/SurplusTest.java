package io.ferrypay.paymentchannel.refund;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Money that came in and was not needed goes back by itself. */
class SurplusTest extends RefundingTest {

    /** A payment whose two codes were both paid; the first was paid last. */
    private record Twice(JsonNode payment, ChannelOrder surplus) {}

    private Twice paidTwice() {
        var payment = created();
        var first = offered(payment);
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(first.key().orderNumber())
                .update();
        channel.says(first.key().orderNumber(), new ChannelOutcome.Unknown("silent"));
        var second = offered(payment);
        notified(second, success(second, "42000002"));
        notified(first, success(first, "42000001"));
        return new Twice(payment, first);
    }

    @Test
    void a_second_payment_goes_back_whole_and_leaves_the_first_alone() {
        var twice = paidTwice();

        advance();

        var refund = only(twice.payment());
        assertThat(refund.path("kind").asString()).isEqualTo("surplus");
        assertThat(refund.path("status").asString()).isEqualTo("succeeded");
        assertThat(refund.path("amount").asString()).isEqualTo("120.00");
        assertThat(refund.path("reason").asString()).isEqualTo("second_payment");
        assertThat(refundEvents(refund)).containsExactly("refund.created", "refund.succeeded");
        var event =
                JSON.readTree(
                        jdbc.sql(
                                        "select data from outbox where subject = ? and type = 'refund.created'")
                                .param(id(refund))
                                .query(String.class)
                                .single());
        assertThat(event.path("object").path("kind").asString()).isEqualTo("surplus");
        assertThat(event.path("notify_url").asString()).isEqualTo("https://shop.example/hook");
        var asked = channel.refundsOf(twice.surplus().key().orderNumber());
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().amount()).isEqualTo(twice.surplus().key().amount());
        assertThat(asked.getFirst().paymentReference()).isEqualTo("42000001");
        var paid = new Paid(twice.payment(), twice.surplus());
        assertThat(now(paid).path("refunded_amount").asString()).isEqualTo("0.00");
        assertThat(now(paid).path("refund_state").asString()).isEqualTo("none");
        assertThat(balance(paid)).containsExactly(0L, 0L, 0L);
        awaitStatus(refunding(paid, "120.00"), "succeeded"); // The merchant may still refund it.
    }

    @Test
    void the_books_are_told_what_the_channel_took_and_gave_back() {
        var twice = paidTwice();
        advance();
        var refund = only(twice.payment());

        for (var told :
                new String[][] {
                    {id(twice.payment()), "payment.paid"},
                    {id(twice.payment()), "payment.surplus_paid"},
                    {id(refund), "refund.succeeded"}
                }) {
            var event =
                    JSON.readTree(
                            jdbc.sql("select data from outbox where subject = ? and type = ?")
                                    .params(told[0], told[1])
                                    .query(String.class)
                                    .single());
            var charge = event.path("charge");
            var order = twice.surplus().key();
            assertThat(charge.path("channel").asString()).as(told[1]).isEqualTo("wechat");
            assertThat(charge.path("amount").asString()).isEqualTo("120.00");
            assertThat(charge.path("currency").asString()).isEqualTo("NZD");
            assertThat(charge.path("order_number").asString().equals(order.orderNumber()))
                    .as(told[1] + " names the order it is about")
                    .isEqualTo(!told[1].equals("payment.paid"));
            assertThat(event.path("object").has("charge")).isFalse(); // Merchants read that.
        }
    }

    @Test
    void late_money_nobody_wants_goes_back() {
        merchant = newMerchant("refund");
        var payment = created();
        var order = offered(payment);
        makeOverdue(payment);
        job("expire-unpaid-payments", "{\"limit\":1000}");
        notified(order, success(order, "42000001"));

        advance();

        assertThat(only(payment).path("reason").asString()).isEqualTo("late_payment");
        assertThat(only(payment).path("status").asString()).isEqualTo("succeeded");
        assertThat(statusOf(payment)).isEqualTo("expired");
    }

    @Test
    void many_clocks_at_once_make_one_refund_of_each() throws Exception {
        var payments = new ArrayList<Twice>();
        IntStream.range(0, 6).forEach(_ -> payments.add(paidTwice()));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    IntStream.range(0, 10)
                            .mapToObj(n ->
                                    threads.submit(() ->
                                            job("advance-refunds", "{\"limit\":" + (1 + n) + "}")))
                            .toList();
            for (var one : running) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
        }
        advance();

        for (var twice : payments) {
            assertThat(only(twice.payment()).path("status").asString()).isEqualTo("succeeded");
            assertThat(channel.refundsOf(twice.surplus().key().orderNumber())).hasSize(1);
        }
    }

    @Test
    void killed_while_giving_back_it_is_found_by_a_query() {
        channel.answersRefundsWith(order -> {
            channel.refunded(order);
            throw new IllegalStateException("killed");
        });
        var twice = paidTwice();
        advance();
        assertThat(only(twice.payment()).path("status").asString()).isEqualTo("pending");

        advance(only(twice.payment()));

        assertThat(only(twice.payment()).path("status").asString()).isEqualTo("succeeded");
        assertThat(channel.refundsOf(twice.surplus().key().orderNumber())).hasSize(1);
    }

    @Test
    void a_no_is_told_and_not_tried_for_ever() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Failed("TRADE_OVERDUE"));
        var twice = paidTwice();

        advance();
        advance();

        assertThat(only(twice.payment()).path("status").asString()).isEqualTo("failed");
        assertThat(refundEvents(only(twice.payment())))
                .containsExactly("refund.created", "refund.failed");
    }

    @Test
    void what_is_owed_back_is_tried_again_until_it_goes_back() {
        channel.answersRefundsWith(_ -> new RefundAnswer.Failed("SELLER_BALANCE_NOT_ENOUGH"));
        var twice = paidTwice();
        var order = twice.surplus().key().orderNumber();
        advance();
        advance();
        assertThat(refundsAboutOrder(order)).containsExactly("failed");
        assertThat(hoursToNextTry(order)).isBetween(0, 1);

        jdbc.sql("update refund_due set next_try_at = now() where order_number = ?")
                .param(order)
                .update();
        advance();
        advance();
        assertThat(refundsAboutOrder(order)).containsExactly("failed", "failed");
        assertThat(hoursToNextTry(order)).isBetween(1, 2);

        channel.answersRefundsWith(channel::refunded);
        jdbc.sql("update refund_due set next_try_at = now() where order_number = ?")
                .param(order)
                .update();
        advance();
        advance();

        assertThat(refundsAboutOrder(order)).containsExactly("failed", "failed", "succeeded");
    }

    private java.util.List<String> refundsAboutOrder(String order) {
        return jdbc.sql("select status from refund where order_number = ? order by created_at")
                .param(order)
                .query(String.class)
                .list();
    }

    private int hoursToNextTry(String order) {
        return jdbc.sql(
                        "select extract(epoch from next_try_at - now())::int / 3600 from refund_due where order_number = ?")
                .param(order)
                .query(Integer.class)
                .single();
    }

    @Test
    void yuan_that_were_not_needed_go_back_to_the_fen() {
        channel.takesYuanOnly();
        var twice = paidTwice();

        advance();

        var charged = twice.surplus().key().amount();
        assertThat(charged.currency().code()).isEqualTo("CNY");
        assertThat(channel.refundsOf(twice.surplus().key().orderNumber()).getFirst().amount())
                .isEqualTo(charged);
        assertThat(only(twice.payment()).path("payer_amount").asString())
                .isEqualTo(charged.toDecimalString());
    }

    private JsonNode only(JsonNode payment) {
        var list = JSON.readTree(get("/v2/payments/" + id(payment) + "/refunds").body());
        var all = new ArrayList<JsonNode>();
        list.path("data").forEach(all::add);
        assertThat(List.copyOf(all)).hasSize(1);
        return all.getFirst();
    }
}

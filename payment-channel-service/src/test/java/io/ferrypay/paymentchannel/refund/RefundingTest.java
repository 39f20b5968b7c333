package io.ferrypay.paymentchannel.refund;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport;
import io.ferrypay.paymentchannel.channel.ApplyRefundReport.RefundReport;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome.Charged;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What tests of refunds have in common. */
abstract class RefundingTest extends RunningServiceTest {

    @Autowired protected ApplyRefundReport refundReports;

    /** What another test has left to do is not our business. */
    @BeforeEach
    void nothing_else_is_due() {
        jdbc.sql(
                        "update refund set next_step_at = now() + interval '1 day' where next_step_at is not null")
                .update();
        jdbc.sql("delete from refund_due where refund_id is null").update();
    }

    /** A payment of 120.00 NZD and the order that paid it. */
    record Paid(JsonNode payment, ChannelOrder order) {

        String id() {
            return payment.path("id").asString();
        }

        String orderNumber() {
            return order.key().orderNumber();
        }
    }

    protected Paid paid() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42" + UUID.randomUUID().toString().substring(0, 8)));
        assertThat(statusOf(payment)).isEqualTo("paid");
        return new Paid(payment, order);
    }

    protected HttpResponse<String> refund(Paid paid, String key, String body) {
        return send(
                request("/v2/payments/" + paid.id() + "/refunds", token())
                        .header("Idempotency-Key", key),
                "POST",
                body);
    }

    protected HttpResponse<String> refund(Paid paid, String amount) {
        return refund(paid, anyKey(), "{\"amount\":\"" + amount + "\"}");
    }

    /** A refund that was accepted, as that was answered. */
    protected JsonNode refunding(Paid paid, String amount) {
        var answer = refund(paid, amount);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    protected JsonNode now(JsonNode refund) {
        var answer = get("/v2/refunds/" + id(refund));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    protected JsonNode now(Paid paid) {
        return JSON.readTree(get("/v2/payments/" + paid.id()).body());
    }

    protected void awaitStatus(JsonNode refund, String status) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(now(refund).path("status").asString()).isEqualTo(status));
    }

    /** Until the channel has been asked that often, and its answer is written. */
    protected void awaitAsked(JsonNode refund, int times) {
        Awaitility.await()
                .untilAsserted(() -> {
                    assertThat(asked(refund)).hasSize(times);
                    assertThat(submissionOf(refund)).isNotEqualTo("asking");
                });
    }

    protected List<RefundOrder> asked(JsonNode refund) {
        var number = numberOf(refund);
        return channel.refundsOf(text(refund, "order_number")).stream()
                .filter(order -> order.refundNumber().equals(number))
                .toList();
    }

    protected String numberOf(JsonNode refund) {
        return text(refund, "refund_number");
    }

    protected String submissionOf(JsonNode refund) {
        return text(refund, "submission");
    }

    protected String text(JsonNode refund, String column) {
        return jdbc.sql("select " + column + "::text from refund where id = ?")
                .param(id(refund))
                .query(String.class)
                .single();
    }

    protected void makeDue(JsonNode refund) {
        jdbc.sql("update refund set next_step_at = now() - interval '1 second' where id = ?")
                .param(id(refund))
                .update();
    }

    /** The clock looks at everything that is due. */
    protected void advance() {
        var answer = job("advance-refunds", "{\"limit\":200}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    protected void advance(JsonNode refund) {
        makeDue(refund);
        advance();
    }

    protected List<String> refundEvents(JsonNode refund) {
        return jdbc.sql("select type from outbox where subject = ? order by txid, position")
                .param(id(refund))
                .query(String.class)
                .list();
    }

    /** What is set aside, what has gone, and both at the channel. */
    protected List<Long> balance(Paid paid) {
        return jdbc.sql(
                        """
                        select p.refund_reserved_minor, p.refunded_minor, a.refund_channel_minor
                          from payment p join attempt a on a.payment_id = p.id and a.status = 'paid'
                         where p.id = ?
                        """)
                .param(paid.id())
                .query((row, _) -> List.of(row.getLong(1), row.getLong(2), row.getLong(3)))
                .single();
    }

    protected RefundReport report(JsonNode refund, RefundAnswer outcome) {
        return new RefundReport(
                FakeChannel.ACCOUNT,
                numberOf(refund),
                text(refund, "order_number"),
                new Charged(
                        Long.parseLong(text(refund, "channel_amount_minor")),
                        text(refund, "channel_currency")),
                outcome,
                "EV-R",
                "{\"refund_status\":\"SUCCESS\"}");
    }

    protected static RefundAnswer.Succeeded refundSuccess() {
        return new RefundAnswer.Succeeded("50000", null, Instant.parse("2026-11-24T01:02:03Z"));
    }

    protected static String id(JsonNode thing) {
        return thing.path("id").asString();
    }
}

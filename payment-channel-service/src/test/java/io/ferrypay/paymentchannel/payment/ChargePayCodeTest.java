package io.ferrypay.paymentchannel.payment;

import static io.ferrypay.paymentchannel.FakeChannel.paysAtOnce;
import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.paymentchannel.channel.ChargeRules;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.ChargeAnswer;
import io.ferrypay.paymentchannel.channel.ChargesPayCodes.PayCodeOrder;
import io.ferrypay.paymentchannel.channel.ReversesCharges.ReverseAnswer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** A code that the shopper shows is charged once, and taken back when nobody knows. */
class ChargePayCodeTest extends RunningServiceTest {

    private static final String CODE = "134588558514585062";
    private static final ChannelOutcome CONFIRMING = new ChannelOutcome.Pending(true);

    @Autowired MeterRegistry metrics;

    @BeforeEach
    void nothing_else_is_due() {
        jdbc.sql(
                        "update attempt set next_query_at = now() + interval '1 hour' where next_query_at is not null")
                .update();
        jdbc.sql("update payment set next_sweep_at = now() + interval '1 hour'").update();
    }

    @Test
    void a_charge_that_is_paid_at_once_is_answered_as_paid() {
        var answer = charge(anyKey(), anyReference(), CODE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var charge = JSON.readTree(answer.body());
        assertThat(charge.path("status").asString()).isEqualTo("paid");
        assertThat(charge.path("detected_wallet").asString()).isEqualTo("wechat");
        assertThat(charge.path("poll_after_ms").isNull()).isTrue();
        var payment = charge.path("payment");
        assertThat(payment.path("payment_method").path("flow").asString()).isEqualTo("pay_code");
        assertThat(payment.path("product_name").asString()).isEqualTo("Harbour Honey Co");
        assertThat(eventsOf(charge))
                .containsExactly("payment.created", "payment.processing", "payment.paid");
        var told = channel.chargesOf(orderOf(charge)).getFirst();
        assertThat(told.code().digits()).isEqualTo(CODE);
        assertThat(told.order().key().amount().minorUnits()).isEqualTo(3550);
        assertThat(
                        jdbc.sql(
                                        "select data::jsonb -> 'charge' ->> 'amount' from outbox where subject = ? and type = 'payment.paid'")
                                .param(charge.path("id").asString())
                                .query(String.class)
                                .single())
                .isEqualTo("35.50");
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void the_code_is_nowhere_afterwards(CapturedOutput log) {
        var code = "101234567898765432";
        channel.answersChargesWith(order -> new ChargeAnswer.Unknown("SocketTimeoutException"));
        var charge = JSON.readTree(charge(anyKey(), anyReference(), code).body());
        var refused = charge(anyKey(), anyReference(), "991234567898765432");
        channel.answersChargesWith(order -> {
            throw new IllegalStateException(order.toString());
        });
        charge(anyKey(), anyReference(), code);

        for (var table : List.of("payment", "attempt", "idempotency_key", "outbox")) {
            assertThat(
                            jdbc.sql("select count(*) from " + table + " t where t::text like ?")
                                    .param("%" + code + "%")
                                    .query(Long.class)
                                    .single())
                    .as(table)
                    .isZero();
        }
        assertThat(charge.toString()).doesNotContain(code);
        assertThat(refused.body()).doesNotContain("991234567898765432");
        assertThat(log.getAll()).doesNotContain(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"991234567898765432", "2812345678901234", "13458855851458506"})
    void a_code_no_wallet_shows_makes_nothing(String code) {
        var reference = anyReference();

        var answer = charge(anyKey(), reference, code);

        // 28… is Alipay's, which this merchant does not have.
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(codeOf(answer))
                .isEqualTo(
                        code.startsWith("28") ? "method_not_available" : "pay_code_not_recognized");
        assertThat(get("/v2/payments/by-reference/" + reference).statusCode()).isEqualTo(404);
    }

    @Test
    void bad_input_is_said_at_once_and_makes_nothing() {
        var before = channel.charges();

        var answer =
                charge(
                        anyKey(),
                        """
                        {"merchant_reference":"a b","amount":"1.234","currency":"NZD","pay_code":"abc","notify_url":"x"}\
                        """);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("errors").findValuesAsString("pointer"))
                .containsExactly("/merchant_reference", "/amount", "/pay_code", "/notify_url");
        assertThat(codeOf(charge(anyKey(), "{\"pay_codes\":\"1\"}"))).isEqualTo("unknown_field");
        assertThat(codeOf(charge("", body(anyReference(), CODE))))
                .isEqualTo("idempotency_key_missing");
        assertThat(channel.charges()).isEqualTo(before);
    }

    @Test
    void a_decline_fails_the_payment_and_is_told_with_the_wallets_word() {
        channel.answersChargesWith(_ -> new ChargeAnswer.Declined("AUTH_CODE_INVALID"));

        var answer = charge(anyKey(), anyReference(), CODE);

        assertThat(answer.statusCode()).isEqualTo(200);
        var charge = JSON.readTree(answer.body());
        assertThat(charge.path("status").asString()).isEqualTo("failed");
        assertThat(charge.path("payment").path("failure").path("decline_code").asString())
                .isEqualTo("AUTH_CODE_INVALID");
        assertThat(eventsOf(charge)).endsWith("payment.failed");
        assertThat(statusOfOrder(charge)).isEqualTo("declined");
    }

    @Test
    void the_same_request_again_is_the_same_charge() throws Exception {
        channel.answersChargesWith(_ -> new ChargeAnswer.PayerIsConfirming());
        var key = anyKey();
        var reference = anyReference();
        List<Callable<HttpResponse<String>>> hands =
                List.of(
                        () -> charge(key, reference, CODE),
                        () -> charge(key, reference, CODE),
                        () -> charge(key, reference, CODE));
        try (var pool = Executors.newFixedThreadPool(3)) {
            for (var hand : pool.invokeAll(hands)) {
                assertThat(hand.get().statusCode()).isIn(202, 409);
            }
        }

        var again = charge(key, reference, CODE);

        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        var charge = JSON.readTree(again.body());
        assertThat(charge.path("status").asString()).isEqualTo("processing");
        assertThat(charge.path("poll_after_ms").asInt()).isEqualTo(2000);
        assertThat(channel.chargesOf(orderOf(charge))).hasSize(1);
        assertThat(codeOf(charge(anyKey(), reference, "101234567898765432")))
                .isEqualTo("reference_exists");
        assertThat(codeOf(charge(key, reference, "101234567898765432")))
                .isEqualTo("idempotency_mismatch");
        assertThat(ordersOf(charge)).isEqualTo(1);
    }

    @Test
    void a_charge_that_died_before_its_order_was_stored_is_charged_by_the_repeat() {
        channel.answersChargesWith(_ -> new ChargeAnswer.PayerIsConfirming());
        var key = anyKey();
        var reference = anyReference();
        var charge = JSON.readTree(charge(key, reference, CODE).body());
        // As if the process had been killed between the two transactions.
        jdbc.sql("delete from attempt where payment_id = ?")
                .param(charge.path("id").asString())
                .update();
        jdbc.sql("update payment set status = 'created' where id = ?")
                .param(charge.path("id").asString())
                .update();
        channel.answersChargesWith(FakeChannel::paysAtOnce);

        var again = JSON.readTree(charge(key, reference, CODE).body());

        assertThat(again.path("status").asString()).isEqualTo("paid");
        assertThat(again.path("id")).isEqualTo(charge.path("id"));
    }

    @Test
    void a_payer_who_confirms_is_found_by_asking() {
        var charge = processing();
        says(charge, CONFIRMING);

        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(statusOf(charge)).isEqualTo("processing");
        says(charge, paid(charge));
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("paid");
        assertThat(channel.reversesOf(orderOf(charge))).isZero();
    }

    @Test
    void it_is_asked_on_the_channels_rhythm() {
        var charge = processing();
        says(charge, CONFIRMING);
        assertThat(secondsToNextQuery(charge)).isBetween(2, 5);

        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(secondsToNextQuery(charge)).isBetween(7, 10);
    }

    @Test
    void nobody_confirming_in_time_is_taken_back_and_only_then_expires() {
        var charge = processing();
        says(charge, CONFIRMING);
        channel.answersReversesWith(_ -> new ReverseAnswer.Unknown("SocketTimeoutException"));
        makeOverdue(charge);

        job("expire-unpaid-payments", "{\"limit\":200}");
        assertThat(statusOf(charge)).isEqualTo("processing");
        assertThat(statusOfOrder(charge)).isEqualTo("reversing");
        channel.answersReversesWith(_ -> new ReverseAnswer.AskAgain("UNKNOW"));
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(statusOf(charge)).isEqualTo("processing");
        channel.answersReversesWith(channel::takesBack);
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("expired");
        assertThat(statusOfOrder(charge)).isEqualTo("reversed");
        assertThat(channel.reversesOf(orderOf(charge))).isEqualTo(3);
        assertThat(eventsOf(charge))
                .containsExactly("payment.created", "payment.processing", "payment.expired");
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(channel.reversesOf(orderOf(charge))).isEqualTo(3);
    }

    @Test
    void money_that_is_found_before_we_decide_wins() {
        var charge = processing();
        says(charge, paid(charge));
        makeOverdue(charge);

        job("expire-unpaid-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("paid");
        assertThat(channel.reversesOf(orderOf(charge))).isZero();
    }

    @Test
    void money_that_comes_after_we_decided_goes_back_by_the_reverse_alone() {
        var charge = processing();
        channel.answersReversesWith(_ -> new ReverseAnswer.Unknown("killed"));
        makeOverdue(charge);
        job("expire-unpaid-payments", "{\"limit\":200}");
        says(charge, paid(charge));

        // A notification, and a query, that both say it is paid.
        notified(order(charge), paid(charge));
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(statusOf(charge)).isEqualTo("processing");
        channel.answersReversesWith(channel::takesBack);
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("expired");
        assertThat(surplusOf(charge)).isZero();
        // And one that was on its way all the time.
        notified(order(charge), paid(charge));
        assertThat(statusOf(charge)).isEqualTo("expired");
        assertThat(surplusOf(charge)).isZero();
        assertThat(eventsOf(charge)).doesNotContain("payment.paid", "payment.surplus_paid");
        assertThat(
                        jdbc.sql("select reason from refused_report where order_number = ?")
                                .param(orderOf(charge))
                                .query(String.class)
                                .list())
                .containsExactly("paid_after_reversal");
    }

    @Test
    void an_answer_that_arrives_after_we_decided_changes_nothing() {
        var charge =
                JSON.readTree(
                        charge(
                                        anyKey(),
                                        anyReference(),
                                        CODE,
                                        order -> {
                                            // Canceled while the channel was busy with the charge.
                                            channel.answersReversesWith(
                                                    _ -> new ReverseAnswer.Unknown("busy"));
                                            cancelByOrder(order.order().key().orderNumber());
                                            return paysAtOnce(order);
                                        })
                                .body());

        assertThat(charge.path("status").asString()).isEqualTo("processing");
        channel.answersReversesWith(channel::takesBack);
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("canceled");
        assertThat(eventsOf(charge))
                .containsExactly("payment.created", "payment.processing", "payment.canceled");
    }

    @Test
    void a_process_that_died_after_the_reverse_finds_it_done() {
        var charge = processing();
        says(charge, CONFIRMING);
        channel.answersReversesWith(order -> {
            channel.takesBack(order);
            throw new IllegalStateException("killed");
        });
        makeOverdue(charge);
        job("expire-unpaid-payments", "{\"limit\":200}");
        assertThat(statusOfOrder(charge)).isEqualTo("reversing");

        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("expired");
        assertThat(channel.reversesOf(orderOf(charge))).isEqualTo(1);
    }

    @Test
    void a_charge_the_channel_never_heard_of_is_waited_for_until_it_cannot_come_any_more() {
        var charge = processing();
        says(charge, new ChannelOutcome.NeverSeen());
        channel.answersReversesWith(_ -> new ReverseAnswer.Refused("ORDER_NOT_EXIST"));
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(statusOfOrder(charge)).isEqualTo("opening");
        makeOverdue(charge);
        job("expire-unpaid-payments", "{\"limit\":200}");
        assertThat(statusOf(charge)).isEqualTo("processing");

        jdbc.sql("update attempt set unheard_after = now() where order_number = ?")
                .param(orderOf(charge))
                .update();
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("expired");
    }

    @Test
    void what_is_paid_and_cannot_be_taken_back_any_more_is_paid() {
        channel.charges(FakeChannel.CHARGE_RULES, Instant.now().plusSeconds(3600));
        var charge = processing();
        channel.answersReversesWith(_ -> new ReverseAnswer.Refused("OVERDUE"));
        makeOverdue(charge);
        job("expire-unpaid-payments", "{\"limit\":200}");
        says(charge, paid(charge));
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(statusOf(charge)).isEqualTo("processing");

        var tries = channel.reversesOf(orderOf(charge));
        assertThat(tries).isPositive();

        // Around the end nothing is reversed any more, and nothing is believed yet.
        channel.charges(FakeChannel.CHARGE_RULES, Instant.now().plusSeconds(60));
        reversibleUntil(charge, "now() - interval '60 seconds'");
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(channel.reversesOf(orderOf(charge))).isEqualTo(tries);
        assertThat(statusOf(charge)).isEqualTo("processing");

        reversibleUntil(charge, "now() - interval '121 seconds'");
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("paid");
    }

    @Test
    void what_is_called_refunded_while_it_is_taken_back_never_counts_as_paid() {
        var charge = processing();
        channel.answersReversesWith(_ -> new ReverseAnswer.Unknown("killed"));
        makeOverdue(charge);
        job("expire-unpaid-payments", "{\"limit\":200}");
        says(charge, refunded(charge));
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(statusOfOrder(charge)).isEqualTo("reversing");

        // The company's yes to the reverse, and its word for what became of the charge.
        channel.answersReversesWith(_ -> new ReverseAnswer.Reversed());
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("expired");
        assertThat(statusOfOrder(charge)).isEqualTo("reversed");
        notified(order(charge), refunded(charge));
        assertThat(statusOf(charge)).isEqualTo("expired");
        assertThat(eventsOf(charge)).doesNotContain("payment.paid", "payment.surplus_paid");
        assertThat(refusalsOf(charge)).isEmpty();
    }

    @Test
    void what_is_called_refunded_and_cannot_be_taken_back_any_more_is_for_a_person() {
        channel.charges(FakeChannel.CHARGE_RULES, Instant.now().plusSeconds(3600));
        var charge = processing();
        channel.answersReversesWith(_ -> new ReverseAnswer.Refused("OVERDUE"));
        makeOverdue(charge);
        job("expire-unpaid-payments", "{\"limit\":200}");
        says(charge, refunded(charge));
        channel.charges(FakeChannel.CHARGE_RULES, Instant.now().minusSeconds(3600));
        reversibleUntil(charge, "now() - interval '1 hour'");

        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");

        assertThat(statusOf(charge)).isEqualTo("processing");
        assertThat(refusalsOf(charge)).containsExactly("refunded_while_reversing");
        assertThat(eventsOf(charge)).doesNotContain("payment.paid");
    }

    @Test
    void the_age_of_the_oldest_charge_without_an_end_is_measured() {
        jdbc.sql(
                        "update attempt set status = 'closed', reverse_to = null where flow = 'pay_code' and status in ('opening', 'reversing')")
                .update();
        var gauge = metrics.get("ferry.payment.charge.oldest").timeGauge();
        assertThat(gauge.value(TimeUnit.SECONDS)).isZero();
        var charge = processing();
        jdbc.sql(
                        "update attempt set created_at = now() - interval '2 hours' where order_number = ?")
                .param(orderOf(charge))
                .update();
        processing();

        assertThat(gauge.value(TimeUnit.SECONDS)).isBetween(7200.0, 7260.0);
        makeOverdue(charge);
        channel.answersReversesWith(_ -> new ReverseAnswer.Unknown("killed"));
        job("expire-unpaid-payments", "{\"limit\":200}");
        assertThat(statusOfOrder(charge)).isEqualTo("reversing");
        assertThat(gauge.value(TimeUnit.SECONDS)).isBetween(7200.0, 7260.0);
    }

    private ChannelOutcome refunded(JsonNode charge) {
        var paid = success(order(charge), "42-" + orderOf(charge));
        return new ChannelOutcome.Succeeded(
                paid.channelReference(),
                paid.charged(),
                paid.payerAmount(),
                paid.rate(),
                paid.paidAt(),
                true);
    }

    private List<String> refusalsOf(JsonNode charge) {
        return jdbc.sql("select reason from refused_report where order_number = ?")
                .param(orderOf(charge))
                .query(String.class)
                .list();
    }

    private void reversibleUntil(JsonNode charge, String when) {
        jdbc.sql("update attempt set reversible_until = " + when + " where order_number = ?")
                .param(orderOf(charge))
                .update();
    }

    @Test
    void a_cancel_takes_the_charge_back() {
        var charge = processing();
        says(charge, CONFIRMING);

        var answer = cancel(charge);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("status").asString()).isEqualTo("canceled");
        assertThat(channel.reversesOf(orderOf(charge))).isEqualTo(1);
        assertThat(cancel(charge).statusCode()).isEqualTo(200);
    }

    @Test
    void a_cancel_that_comes_too_early_for_the_channel_is_kept_and_done_later() {
        channel.charges(
                new ChargeRules(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(2)),
                FakeChannel.FAR);
        var charge = processing();
        says(charge, CONFIRMING);

        var answer = cancel(charge);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body()).path("status").asString()).isEqualTo("processing");
        assertThat(channel.reversesOf(orderOf(charge))).isZero();
        jdbc.sql(
                        "update attempt set created_at = created_at - interval '15 s' where order_number = ?")
                .param(orderOf(charge))
                .update();
        makeDue(charge);
        job("query-pending-payments", "{\"limit\":200}");
        assertThat(statusOf(charge)).isEqualTo("canceled");
    }

    @Test
    void a_paid_charge_is_not_canceled_but_refunded() {
        var charge = JSON.readTree(charge(anyKey(), anyReference(), CODE).body());
        channel.says(orderOf(charge), paid(charge));

        assertThat(codeOf(cancel(charge))).isEqualTo("payment_ended");
        var refund =
                send(
                        request(
                                        "/v2/payments/" + charge.path("id").asString() + "/refunds",
                                        token())
                                .header("Idempotency-Key", anyKey()),
                        "POST",
                        "{\"amount\":\"5.50\"}");

        assertThat(refund.statusCode()).as(refund.body()).isEqualTo(201);
    }

    @Test
    void nobody_pays_it_on_a_page() {
        var charge = processing();
        var nonce =
                JSON.readTree(
                                post(
                                                "/v2/payments/"
                                                        + charge.path("id").asString()
                                                        + ":reissue_nonce",
                                                "")
                                        .body())
                        .path("nonce")
                        .asString();

        for (var body :
                List.of(
                        "{\"method\":\"wechat\",\"flow\":\"qr\"}",
                        "{\"method\":\"wechat\",\"flow\":\"pay_code\"}")) {
            assertThat(page("POST", "/checkout/" + nonce + "/attempts", body).statusCode())
                    .isBetween(400, 499);
        }
        assertThat(statusOfOrder(charge)).isEqualTo("opening");
        assertThat(ordersOf(charge)).isEqualTo(1);
    }

    private JsonNode processing() {
        var answer =
                charge(
                        anyKey(),
                        anyReference(),
                        CODE,
                        _ -> new ChargeAnswer.Unknown("SocketTimeoutException"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> charge(
            String key,
            String reference,
            String code,
            java.util.function.Function<PayCodeOrder, ChargeAnswer> script) {
        channel.answersChargesWith(script);
        return charge(key, reference, code);
    }

    private HttpResponse<String> charge(String key, String reference, String code) {
        return charge(key, body(reference, code));
    }

    private static String body(String reference, String code) {
        return """
        {"merchant_reference":"%s","amount":"35.50","currency":"NZD","pay_code":"%s"}\
        """
                .formatted(reference, code);
    }

    private HttpResponse<String> charge(String key, String body) {
        var request = request("/v2/spotpay/charges", token());
        return send(key.isEmpty() ? request : request.header("Idempotency-Key", key), "POST", body);
    }

    private HttpResponse<String> cancel(JsonNode charge) {
        return post("/v2/payments/" + charge.path("id").asString() + ":cancel", "");
    }

    private void cancelByOrder(String orderNumber) {
        var id =
                jdbc.sql("select payment_id from attempt where order_number = ?")
                        .param(orderNumber)
                        .query(String.class)
                        .single();
        assertThat(post("/v2/payments/" + id + ":cancel", "").statusCode()).isEqualTo(202);
    }

    private void says(JsonNode charge, ChannelOutcome outcome) {
        channel.says(orderOf(charge), outcome);
    }

    private io.ferrypay.paymentchannel.channel.ChannelOrder order(JsonNode charge) {
        return channel.chargesOf(orderOf(charge)).getFirst().order();
    }

    private ChannelOutcome paid(JsonNode charge) {
        return success(order(charge), "42-" + orderOf(charge));
    }

    private String orderOf(JsonNode charge) {
        return attempt(charge, "order_number");
    }

    private String statusOfOrder(JsonNode charge) {
        return attempt(charge, "status");
    }

    private String attempt(JsonNode charge, String column) {
        return jdbc.sql("select " + column + " from attempt where payment_id = ?")
                .param(charge.path("id").asString())
                .query(String.class)
                .single();
    }

    private long ordersOf(JsonNode charge) {
        return jdbc.sql("select count(*) from attempt where payment_id = ?")
                .param(charge.path("id").asString())
                .query(Long.class)
                .single();
    }

    private long surplusOf(JsonNode charge) {
        return jdbc.sql("select surplus_minor from payment where id = ?")
                .param(charge.path("id").asString())
                .query(Long.class)
                .single();
    }

    private void makeDue(JsonNode charge) {
        jdbc.sql(
                        "update attempt set next_query_at = now() - interval '1 second' where payment_id = ? and next_query_at is not null")
                .param(charge.path("id").asString())
                .update();
    }

    private int secondsToNextQuery(JsonNode charge) {
        return jdbc.sql(
                        "select round(extract(epoch from next_query_at - now())) from attempt where payment_id = ?")
                .param(charge.path("id").asString())
                .query(Integer.class)
                .single();
    }
}

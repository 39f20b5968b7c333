package io.ferrypay.paymentchannel.risk;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.events.Event;
import io.ferrypay.paymentchannel.FakeChannel;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.channel.ApplyChannelReport.Result;
import io.ferrypay.paymentchannel.channel.ApplyReturnedMoney;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** What rules do to payments: each test's rules are about its own merchant. */
class RiskTest extends RunningServiceTest {

    private static final String ANY = "{\"field\":\"merchant\",\"op\":\"is_set\"}";

    @Autowired private RiskFeed feed;
    @Autowired private RiskCounts counts;
    @Autowired private TransactionTemplate transactions;
    @Autowired private ApplyReturnedMoney returnedMoney;

    /** A payment that was paid, and the order that took the money. */
    private record Paid(JsonNode payment, ChannelOrder order) {}

    @AfterEach
    void no_rules_are_left() {
        publish("[]");
    }

    @Test
    void a_denied_payment_is_not_made_and_the_shop_is_not_told_why() {
        var key = anyKey();
        var body = body(anyReference());
        assertThat(create(key, body).statusCode()).isEqualTo(201);
        rule("deny", ANY);

        var answer = create(anyKey(), body(anyReference()));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(codeOf(answer)).isEqualTo("risk_denied");
        assertThat(answer.body()).doesNotContain("rule_1").doesNotContain("Nobody");
        assertThat(
                        jdbc.sql("select count(*) from payment where merchant_id = ?")
                                .param(merchant)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
        var told = eventOf(merchant, "risk.denied");
        assertThat(told.path("rules").path(0).path("id").asString()).isEqualTo("rule_1");
        assertThat(told.path("payment_id").isNull()).isTrue();
        assertThat(create(key, body).statusCode()).isEqualTo(201); // Answered before the rule.
    }

    @Test
    void money_that_a_rule_holds_is_recorded_and_told_and_not_the_merchants_yet() {
        rule("hold", paidBy("wechat"));

        var paid = paid();

        var now = fetched(paid);
        assertThat(now.path("status").asString()).isEqualTo("under_review");
        assertThat(now.path("paid_at").asString()).isEqualTo("2026-11-23T06:11:40Z");
        assertThat(now.path("ended_at").isNull()).isTrue();
        assertThat(now.path("refundable_amount").asString()).isEqualTo("0.00");
        assertThat(eventsOf(paid.payment()))
                .containsExactly(
                        "payment.created", "payment.pending", "payment.under_review", "risk.held");
        var told = eventOf(id(paid), "payment.under_review");
        assertThat(told.path("object")).isEqualTo(now);
        assertThat(told.path("charge").path("amount").asString()).isEqualTo("120.00");
        assertThat(told.path("notify_url").asString()).isEqualTo("https://shop.example/hook");
        assertThat(eventOf(id(paid), "risk.held").path("rules").path(0).path("name").asString())
                .isEqualTo("Nobody says so");

        assertThat(notified(paid.order(), success(paid.order(), "42000001")))
                .isInstanceOf(Result.AlreadyApplied.class);
        var refund =
                send(
                        request("/v2/payments/" + id(paid) + "/refunds", token())
                                .header("Idempotency-Key", anyKey()),
                        "POST",
                        "{}");
        assertThat(codeOf(refund)).isEqualTo("not_refundable_state");
        assertThat(post("/v2/payments/" + id(paid) + ":cancel", "").statusCode()).isEqualTo(409);
        makeOverdue(paid.payment());
        job("expire-unpaid-payments", "{\"limit\":200}");
        assertThat(statusOf(paid.payment())).isEqualTo("under_review");
    }

    @Test
    void what_is_released_is_paid_once_whoever_says_it_again() {
        rule("hold", ANY);
        var paid = paid();

        decided(paid, "release");
        decided(paid, "release");
        decided(paid, "refuse");

        assertThat(statusOf(paid.payment())).isEqualTo("paid");
        assertThat(eventsOf(paid.payment()))
                .containsExactly(
                        "payment.created",
                        "payment.pending",
                        "payment.under_review",
                        "risk.held",
                        "payment.paid");
        var told = eventOf(id(paid), "payment.paid");
        assertThat(told.path("previous").path("status").asString()).isEqualTo("under_review");
        assertThat(told.path("charge").path("amount").asString()).isEqualTo("120.00");
        assertThat(fetched(paid).path("refundable_amount").asString()).isEqualTo("120.00");
    }

    @Test
    void what_is_refused_goes_back_and_can_never_be_paid_again() {
        rule("hold", ANY);
        var paid = paid();

        decided(paid, "refuse");
        decided(paid, "release");
        job("advance-refunds", "{\"limit\":200}");

        var now = fetched(paid);
        assertThat(now.path("status").asString()).isEqualTo("failed");
        assertThat(now.path("failure").path("code").asString()).isEqualTo("not_accepted");
        var refunds = JSON.readTree(get("/v2/payments/" + id(paid) + "/refunds").body());
        var refund = refunds.path("data").path(0);
        assertThat(refunds.path("data")).hasSize(1);
        assertThat(refund.path("kind").asString()).isEqualTo("surplus");
        assertThat(refund.path("reason").asString()).isEqualTo("not_accepted");
        assertThat(refund.path("status").asString()).isEqualTo("succeeded");
        assertThat(channel.refundsOf(paid.order().key().orderNumber())).hasSize(1);
        var told = eventOf(id(paid), "payment.failed");
        assertThat(told.path("previous").path("status").asString()).isEqualTo("under_review");
        assertThat(told.path("charge").path("channel").asString()).isEqualTo("wechat");

        page(
                "POST",
                "/checkout/" + paid.payment().path("nonce").asString() + "/attempts",
                "{\"method\":\"wechat\"}");
        post("/v2/payments/" + id(paid) + ":cancel", "");
        assertThat(statusOf(paid.payment())).isEqualTo("failed");
        assertThat(
                        jdbc.sql("select count(*) from attempt where payment_id = ?")
                                .param(id(paid))
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void a_second_payment_while_the_first_is_held_or_refused_goes_back() {
        rule("hold", ANY);
        var payment = created();
        var first = offered(payment);
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(first.key().orderNumber())
                .update();
        channel.says(first.key().orderNumber(), new ChannelOutcome.Unknown("silent"));
        var second = offered(payment);
        notified(second, success(second, "42000002"));
        decided(new Paid(payment, second), "refuse");

        notified(first, success(first, "42000001"));
        job("advance-refunds", "{\"limit\":200}");

        assertThat(statusOf(payment)).isEqualTo("failed");
        assertThat(channel.refundsOf(first.key().orderNumber())).hasSize(1);
        assertThat(channel.refundsOf(second.key().orderNumber())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_else_is_on_offer_is_closed_once_the_money_is_held(boolean refused) {
        rule("hold", ANY);
        var payment = created();
        var first = offered(payment);
        jdbc.sql(
                        "update attempt set offer_expires_at = now() - interval '1 second' where order_number = ?")
                .param(first.key().orderNumber())
                .update();
        channel.says(first.key().orderNumber(), new ChannelOutcome.Unknown("silent"));
        var second = offered(payment);
        channel.says(second.key().orderNumber(), new ChannelOutcome.Pending(false));
        channel.saysAfterClose(second.key().orderNumber(), new ChannelOutcome.Closed());
        notified(first, success(first, "42000001"));
        if (refused) {
            decided(new Paid(payment, first), "refuse");
        }

        job("query-pending-payments", "{\"limit\":200}");

        assertThat(channel.wasClosed(second.key().orderNumber())).isTrue();
        assertThat(statusOf(payment)).isEqualTo(refused ? "failed" : "under_review");
        assertThat(
                        jdbc.sql("select status from attempt where order_number = ?")
                                .param(second.key().orderNumber())
                                .query(String.class)
                                .single())
                .isEqualTo("closed");
    }

    @Test
    void a_rule_about_a_till_knows_the_codes_that_it_scans_and_its_report_their_money() {
        var device = "dev_" + merchant;
        var till =
                TestTokens.device(
                        merchant, "test", device, null, List.of("payments:read", "payments:write"));
        rule("hold", "{\"field\":\"device\",\"op\":\"in\",\"values\":[\"" + device + "\"]}");

        var answer =
                send(
                        request("/v2/spotpay/sessions:charge", till)
                                .header("Idempotency-Key", anyKey()),
                        "POST",
                        "{\"amount\":\"5.00\",\"currency\":\"NZD\",\"pay_code\":\"101234567812345678\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var session = JSON.readTree(answer.body());
        assertThat(session.path("status").asString()).isEqualTo("processing");
        assertThat(
                        jdbc.sql("select status || ' ' || store_id from payment where id = ?")
                                .param(session.path("payment").asString())
                                .query(String.class)
                                .single())
                .isEqualTo("under_review store_01JDC3VZ6Q8S7M2K4T9R5XN1AB");
        var report = JSON.readTree(send(request("/v2/spotpay/report", till), "GET", "").body());
        assertThat(report.path("total").path("sales").asInt()).isZero();
        assertThat(report.path("unresolved").asInt()).isEqualTo(1);
    }

    @Test
    void a_hold_of_the_creation_stands_when_the_rule_is_gone() {
        rule("hold", ANY);
        var payment = created();
        publish("[]");
        var order = offered(payment);

        notified(order, success(order, "42000001"));

        assertThat(statusOf(payment)).isEqualTo("under_review");
        assertThat(eventsOf(payment))
                .containsExactly(
                        "payment.created", "payment.pending", "payment.under_review", "risk.held");
    }

    @Test
    void late_money_is_held_too_and_told_as_late_when_it_is_released() {
        var payment = created();
        var order = offered(payment);
        post("/v2/payments/" + payment.path("id").asString() + ":cancel", "");
        rule("hold", ANY);

        notified(order, success(order, "42000001"));
        assertThat(statusOf(payment)).isEqualTo("under_review");
        assertThat(eventsOf(payment)).doesNotContain("payment.paid_late");
        decided(new Paid(payment, order), "release");

        assertThat(eventsOf(payment)).endsWith("risk.held", "payment.paid", "payment.paid_late");
        assertThat(fetched(new Paid(payment, order)).path("paid_late").asBoolean()).isTrue();
    }

    @Test
    void an_alert_changes_nothing_but_our_staff_hears_of_it() {
        rule("alert", ANY);

        var paid = paid();

        assertThat(statusOf(paid.payment())).isEqualTo("paid");
        assertThat(eventsOf(paid.payment()))
                .containsExactly(
                        "payment.created",
                        "risk.alerted",
                        "payment.pending",
                        "payment.paid",
                        "risk.alerted");
    }

    @Test
    void what_came_in_before_counts_and_tests_of_another_merchant_do_not() {
        rule(
                "hold",
                """
                {"field":"sum","of":"merchant","window_minutes":60,"op":"gt","currency":"NZD","value":"300.00"}
                """);

        assertThat(statusOf(paid().payment())).isEqualTo("paid");
        assertThat(statusOf(paid().payment())).isEqualTo("paid");
        assertThat(statusOf(paid().payment())).isEqualTo("under_review");
        assertThat(statusOf(paid().payment())).isEqualTo("under_review");

        // A day later the hour is over, and two days later nobody needs the minutes any more.
        jdbc.sql("update risk_count set bucket = bucket - interval '1 day' where key = ?")
                .param("merchant/test/" + merchant)
                .update();
        assertThat(statusOf(paid().payment())).isEqualTo("paid");
        counts.forget();
        assertThat(
                        jdbc.sql(
                                        "select count(*) from risk_count where key = ? and grain_minutes = 1 and bucket < now() - interval '1 day'")
                                .param("merchant/test/" + merchant)
                                .query(Long.class)
                                .single())
                .isZero();
        assertThat(
                        jdbc.sql(
                                        "select sum(payments) from risk_count where key = ? and grain_minutes = 60")
                                .param("merchant/test/" + merchant)
                                .query(Long.class)
                                .single())
                .isEqualTo(5);
    }

    @Test
    void reports_and_decisions_at_once_are_one_hold_and_one_decision() throws Exception {
        rule("hold", ANY);
        var payment = created();
        var order = offered(payment);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 16)
                    .mapToObj(
                            _ -> threads.submit(() -> notified(order, success(order, "42000001"))))
                    .toList()
                    .forEach(RiskTest::await);
            IntStream.range(0, 16)
                    .mapToObj(i ->
                            threads.submit(() ->
                                    decided(
                                            new Paid(payment, order),
                                            i % 2 == 0 ? "release" : "refuse")))
                    .toList()
                    .forEach(RiskTest::await);
        }
        var events = eventsOf(payment);
        assertThat(events).containsOnlyOnce("payment.under_review");
        assertThat(events.subList(4, events.size()))
                .hasSize(1)
                .containsAnyOf("payment.paid", "payment.failed");
        assertThat(
                        jdbc.sql(
                                        "select sum(payments) from risk_count where key = ? and grain_minutes = 1")
                                .param("merchant/test/" + merchant)
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    /** As a kill between two lines does it: what is not committed never was. */
    @Test
    void a_decision_that_was_cut_off_is_taken_again() {
        rule("hold", ANY);
        var payment = created();
        var order = offered(payment);

        transactions.executeWithoutResult(status -> {
            notified(order, success(order, "42000001"));
            status.setRollbackOnly();
        });
        assertThat(statusOf(payment)).isEqualTo("pending");
        notified(order, success(order, "42000001"));
        assertThat(statusOf(payment)).isEqualTo("under_review");

        transactions.executeWithoutResult(status -> {
            feed.apply(List.of(decision(new Paid(payment, order), "refuse")));
            status.setRollbackOnly();
        });
        assertThat(statusOf(payment)).isEqualTo("under_review");
        decided(new Paid(payment, order), "refuse");
        assertThat(statusOf(payment)).isEqualTo("failed");
        assertThat(
                        jdbc.sql("select count(*) from refund_due where payment_id = ?")
                                .param(payment.path("id").asString())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void held_money_that_its_channel_sends_back_by_itself_is_not_sent_back_again() {
        rule("hold", ANY);
        var paid = paid();

        returnedMoney.apply(
                FakeChannel.notification(paid.order(), success(paid.order(), "42000001")),
                paid.order().key().orderNumber() + "C");
        job("advance-refunds", "{\"limit\":200}");
        decided(paid, "release");

        assertThat(statusOf(paid.payment())).isEqualTo("failed");
        var refunds = JSON.readTree(get("/v2/payments/" + id(paid) + "/refunds").body());
        assertThat(refunds.path("data")).hasSize(1);
        assertThat(refunds.path("data").path(0).path("status").asString()).isEqualTo("succeeded");
        assertThat(channel.refundsOf(paid.order().key().orderNumber())).isEmpty();
    }

    @Test
    void rules_that_are_not_understood_leave_the_old_ones_in_force() {
        rule("deny", ANY);

        assertThatThrownBy(() -> rule("deny", "{\"field\":\"weather\",\"op\":\"is_set\"}"))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(create(anyKey(), body(anyReference())).statusCode()).isEqualTo(422);
    }

    @Test
    void rules_that_are_too_much_work_leave_the_old_ones_in_force() {
        rule("deny", ANY);
        var counts =
                IntStream.rangeClosed(1, RuleSet.MOST_COUNTERS + 1)
                        .mapToObj(
                                """
                                {"field":"count","of":"payer","window_minutes":%d,"op":"gte","value":5}
                                """
                                        ::formatted)
                        .toList();
        // The same number is looked up once, whoever asks for it.
        var most = counts.subList(0, RuleSet.MOST_COUNTERS);
        rule("deny", "{\"all\":[" + ANY + "," + any(most) + "," + any(most.subList(0, 10)) + "]}");
        rule("deny", ANY);

        assertThatThrownBy(() -> rule("allow", any(counts)))
                .isInstanceOf(IllegalArgumentException.class);
        var filler = "x".repeat(600);
        var large =
                "{\"field\":\"payer\",\"op\":\"in\",\"values\":["
                        + String.join(
                                ",",
                                IntStream.range(0, 500)
                                        .mapToObj(i -> "\"" + i + filler + "\"")
                                        .toList())
                        + "]}";
        assertThatThrownBy(() -> rule("allow", large)).isInstanceOf(IllegalArgumentException.class);

        assertThat(create(anyKey(), body(anyReference())).statusCode()).isEqualTo(422);
    }

    private static String any(List<String> parts) {
        return "{\"any\":[" + String.join(",", parts) + "]}";
    }

    @Test
    void older_rules_that_come_late_change_nothing() {
        rule("deny", ANY);
        var version = version();

        apply(event("risk_rules.published", "rules", version - 1, "{\"rules\":[]}"));

        assertThat(create(anyKey(), body(anyReference())).statusCode()).isEqualTo(422);
    }

    private Paid paid() {
        var payment = created();
        var order = offered(payment);
        notified(order, success(order, "42000001"));
        return new Paid(payment, order);
    }

    private static String paidBy(String method) {
        return "{\"all\":[{\"field\":\"channel\",\"op\":\"in\",\"values\":[\"" + method + "\"]}]}";
    }

    private void rule(String action, String condition) {
        publish(
                """
                [{"id":"rule_1","version":7,"name":"Nobody says so","merchant_id":"%s","action":"%s",
                  "priority":10,"effective_from":"2026-01-01T00:00:00Z","condition":%s}]
                """
                        .formatted(merchant, action, condition));
    }

    private void publish(String rules) {
        apply(event("risk_rules.published", "rules", version() + 1, "{\"rules\":" + rules + "}"));
    }

    private long version() {
        return jdbc.sql("select coalesce(max(version), 0) from risk_rule_set")
                .query(Long.class)
                .single();
    }

    private void decided(Paid paid, String decision) {
        apply(decision(paid, decision));
    }

    private static Event decision(Paid paid, String decision) {
        return event(
                "risk_case.decided",
                "case_1",
                2,
                "{\"payment_id\":\"%s\",\"decision\":\"%s\"}".formatted(id(paid), decision));
    }

    private void apply(Event event) {
        transactions.executeWithoutResult(_ -> feed.apply(List.of(event)));
    }

    private static Event event(String type, String subject, long version, String data) {
        return Event.of(type, subject, version, Instant.EPOCH, JSON.readTree(data));
    }

    private JsonNode fetched(Paid paid) {
        return JSON.readTree(get("/v2/payments/" + id(paid)).body());
    }

    private JsonNode eventOf(String subject, String type) {
        return JSON.readTree(
                jdbc.sql("select data from outbox where subject = ? and type = ?")
                        .params(subject, type)
                        .query(String.class)
                        .single());
    }

    private static String id(Paid paid) {
        return paid.payment().path("id").asString();
    }

    private static void await(java.util.concurrent.Future<?> future) {
        try {
            future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.ferrypay.paymentchannel.risk;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.events.Event;
import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.risk.PaymentHistory.Outcome;
import io.ferrypay.paymentchannel.risk.PaymentHistory.Past;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** A dry run says of the past what the rules said, or would have said, of the present. */
class DryRunTest extends RunningServiceTest {

    @Autowired private RiskFeed feed;
    @Autowired private TransactionTemplate transactions;

    private final String person = "per_" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void no_rules_are_left() {
        publish("[]");
    }

    @Test
    void it_judges_the_past_as_the_rules_judged_it_live() {
        var condition =
                """
                {"any":[
                  {"field":"count","of":"merchant","window_minutes":60,"op":"gte","value":3},
                  {"all":[{"field":"sum","of":"merchant","window_minutes":1440,"op":"gt",
                           "currency":"NZD","value":"150.00"},
                          {"field":"method","op":"in","values":["wechat"]}]},
                  {"not":{"field":"amount","op":"lt","currency":"NZD","value":"500.00"}}]}
                """;
        publish(
                """
                [{"id":"rule_dry","version":1,"name":"Dry","merchant_id":"%s","action":"alert",
                  "priority":10,"effective_from":"2026-01-01T00:00:00Z","condition":%s}]
                """
                        .formatted(merchant, condition));
        var made = new ArrayList<JsonNode>();
        // The second one is paid before the first, and the fourth never.
        var first = made("40.00", made);
        var second = made("40.00", made);
        pay(second);
        pay(first);
        pay(made("900.00", made));
        made("40.00", made);
        pay(made("40.00", made));
        pay(made("40.00", made));

        var live = new TreeSet<String>();
        for (var payment : made) {
            jdbc.sql("select data from outbox where subject = ? and type = 'risk.alerted'")
                    .param(id(payment))
                    .query(String.class)
                    .list()
                    .forEach(data ->
                            live.add(
                                    id(payment)
                                            + " "
                                            + JSON.readTree(data).path("stage").asString()));
        }
        // What alerted twice counts once, where it was first.
        live.removeIf(one ->
                one.endsWith("success") && live.contains(one.replace("success", "creation")));
        assertThat(live).hasSizeBetween(3, made.size() - 1);

        var result = done(asked(condition, merchant)).path("result");

        var dry = new TreeSet<String>();
        result.path("sample")
                .forEach(hit ->
                        dry.add(
                                hit.path("payment").asString()
                                        + " "
                                        + hit.path("stage").asString()));
        assertThat(dry).isEqualTo(live);
        assertThat(result.path("payments").asInt()).isEqualTo(made.size());
        assertThat(result.path("hits").asInt()).isEqualTo(live.size());
        assertThat(result.path("days")).hasSize(1);
        assertThat(result.path("days").path(0).path("hits").asInt()).isEqualTo(live.size());
    }

    @Test
    void hits_say_what_became_of_them() {
        var made = new ArrayList<JsonNode>();
        pay(made("700.00", made));
        made("800.00", made);
        var refunded = made("900.00", made);
        pay(refunded);
        post("/v2/payments/" + id(refunded) + "/refunds", "{\"amount\":\"1.00\"}", anyKey());

        var result =
                done(asked(
                                "{\"field\":\"amount\",\"op\":\"gte\",\"currency\":\"NZD\",\"value\":\"700.00\"}",
                                merchant))
                        .path("result");

        assertThat(result.path("outcomes").path("kept").asInt()).isEqualTo(1);
        assertThat(result.path("outcomes").path("unpaid").asInt()).isEqualTo(1);
        assertThat(result.path("outcomes").path("refunded").asInt()).isEqualTo(1);
        assertThat(result.path("sums").path(0).path("amount").asString()).isEqualTo("2400.00");
        assertThat(result.path("hits_at_creation").asInt()).isEqualTo(3);
    }

    @Test
    void what_is_no_condition_or_a_second_one_or_not_allowed_is_refused() {
        assertThat(codeOf(ask("{\"field\":\"weather\",\"op\":\"is_set\"}", merchant, "risk:write")))
                .isEqualTo("invalid_request");
        var any = "{\"field\":\"merchant\",\"op\":\"is_set\"}";
        assertThat(codeOf(ask(any, merchant, "risk:read"))).isEqualTo("forbidden_scope");
        assertThat(codeOf(ask(any, "nobody", "risk:write"))).isEqualTo("invalid_request");

        jdbc.sql(
                        """
                        insert into risk_dry_run (id, asked_by, livemode, condition, status, begins_at,
                            ends_at, created_at, runner, held_until)
                        values (?, ?, false, ?, 'running', now(), now(), now(), 'x', now() + interval '1 hour')
                        """)
                .params("dry_" + person, person, any)
                .update();
        assertThat(codeOf(ask(any, merchant, "risk:write"))).isEqualTo("dry_run_under_way");
        jdbc.sql("delete from risk_dry_run where asked_by = ?").param(person).update();
    }

    /** As a kill in the middle leaves it. */
    @Test
    void one_whose_instance_died_is_begun_again() {
        jdbc.sql(
                        """
                        insert into risk_dry_run (id, asked_by, merchant_id, livemode, condition, status,
                            begins_at, ends_at, created_at, runner, held_until, tries, progress_percent)
                        values (?, ?, ?, false, '{"field":"merchant","op":"is_set"}', 'running',
                            now() - interval '30 days', now() + interval '1 minute',
                            now() - interval '1 hour', 'dead', now() - interval '1 second', 1, 40)
                        """)
                .params("dry_" + person, person, merchant)
                .update();
        created();

        assertThat(done("dry_" + person).path("result").path("hits").asInt()).isGreaterThan(0);
    }

    @Test
    void what_needs_more_memory_than_there_is_ends() {
        var judge =
                new JudgePast(
                        ConditionReader.read(
                                JSON.readTree(
                                        "{\"field\":\"count\",\"of\":\"payer\",\"window_minutes\":10080,\"op\":\"gt\",\"value\":1}")),
                        null,
                        true,
                        Instant.EPOCH);
        assertThat(
                        org.assertj.core.api.Assertions.catchThrowable(() -> {
                            for (var i = 0; i < CountsInMemory.MOST_BUCKETS + 10; i++) {
                                judge.see(past(i, Instant.EPOCH.plusMillis(i)));
                            }
                        }))
                .isInstanceOf(JudgePast.TooMuch.class);

        // As many over a longer time are forgotten as they pass out of the window.
        var slow =
                new JudgePast(
                        ConditionReader.read(
                                JSON.readTree(
                                        "{\"field\":\"count\",\"of\":\"payer\",\"window_minutes\":60,\"op\":\"gt\",\"value\":1}")),
                        null,
                        true,
                        Instant.EPOCH);
        for (var i = 0; i < CountsInMemory.MOST_BUCKETS + 10; i++) {
            slow.see(past(i, Instant.EPOCH.plusSeconds(10L * i)));
        }
        assertThat(slow.result().hits()).isZero();
    }

    private static Past past(int i, Instant at) {
        var money = Money.ofMinor(100, Currency.of("NZD"));
        return new Past(
                "pay_" + i,
                "R" + i,
                new Facts(
                        Facts.Stage.CREATION,
                        "mer_1",
                        true,
                        money,
                        null,
                        null,
                        at,
                        null,
                        null,
                        null,
                        null,
                        null),
                new Facts(
                        Facts.Stage.SUCCESS,
                        "mer_1",
                        true,
                        money,
                        "wechat",
                        "wechat",
                        at,
                        null,
                        null,
                        null,
                        "payer_" + i,
                        null),
                Outcome.KEPT);
    }

    private JsonNode made(String amount, List<JsonNode> made) {
        var answer =
                create(anyKey(), body(anyReference()).replace("\"120.00\"", "\"" + amount + "\""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var payment = JSON.readTree(answer.body());
        made.add(payment);
        return payment;
    }

    private void pay(JsonNode payment) {
        var order = offered(payment);
        notified(order, success(order, "42" + UUID.randomUUID().toString().substring(0, 8)));
    }

    private HttpResponse<String> post(String path, String body, String key) {
        return send(request(path, token()).header("Idempotency-Key", key), "POST", body);
    }

    private HttpResponse<String> ask(String condition, String merchantId, String permission) {
        return send(
                request(
                        "/console/api/risk/dry_runs",
                        TestTokens.staff(person, List.of(permission))),
                "POST",
                "{\"condition\":%s,\"merchant_id\":\"%s\",\"livemode\":false}"
                        .formatted(condition, merchantId));
    }

    private String asked(String condition, String merchantId) {
        var answer = ask(condition, merchantId, "risk:write");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return JSON.readTree(answer.body()).path("id").asString();
    }

    private JsonNode done(String id) {
        var token = TestTokens.staff(person, List.of("risk:write"));
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                JSON.readTree(
                                        send(
                                                        request(
                                                                "/console/api/risk/dry_runs/" + id,
                                                                token),
                                                        "GET",
                                                        "")
                                                .body()),
                        run -> run.path("status").asString().equals("done"));
    }

    private void publish(String rules) {
        var version =
                jdbc.sql("select coalesce(max(version), 0) + 1 from risk_rule_set")
                        .query(Long.class)
                        .single();
        var event =
                Event.of(
                        "risk_rules.published",
                        "rules",
                        version,
                        Instant.EPOCH,
                        JSON.readTree("{\"rules\":" + rules + "}"));
        transactions.executeWithoutResult(_ -> feed.apply(List.of(event)));
    }

    private static String id(JsonNode payment) {
        return payment.path("id").asString();
    }
}

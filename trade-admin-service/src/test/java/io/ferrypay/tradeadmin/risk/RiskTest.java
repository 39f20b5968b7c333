package io.ferrypay.tradeadmin.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.events.Event;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.tradeadmin.TradeAdminTest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RiskTest extends TradeAdminTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CONDITION = "{\"field\":\"static_code\",\"op\":\"is_set\"}";

    @Autowired private RiskCases cases;

    private StaffCaller analyst;
    private StaffCaller checker;

    @BeforeEach
    void people() {
        analyst = colleague("risk:read", "risk:write", "risk:decide");
        checker = colleague("risk:read", "risk:approve");
    }

    @Test
    void a_rule_is_in_force_when_another_person_has_approved_it() {
        var rule = written(analyst, "hold", CONDITION);
        var before = latestSet();
        var asked = publish(rule);

        assertThat(approve(analyst, asked).code()).isEqualTo("forbidden_scope");
        assertThat(latestSet()).isEqualTo(before);
        assertThat(approve(checker, asked).status()).isEqualTo(200);

        var told = latestSet();
        assertThat(told.path("version").asLong()).isEqualTo(before.path("version").asLong() + 1);
        var mine = inSet(told, id(rule));
        assertThat(mine.path("action").asString()).isEqualTo("hold");
        assertThat(mine.path("condition")).isEqualTo(JSON.readTree(CONDITION));
        assertThat(mine.path("merchant_id").isNull()).isTrue();
        // As strict as where payments are made: what they read is there.
        assertThat(mine.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "version",
                        "name",
                        "merchant_id",
                        "action",
                        "priority",
                        "effective_from",
                        "condition");
    }

    @Test
    void a_newer_version_takes_the_place_of_the_older_and_a_disabled_one_of_both() {
        var rule = written(analyst, "hold", CONDITION);
        approve(checker, publish(rule));

        var second = change(rule, 1, body(1, "deny", CONDITION, true));
        assertThat(inSet(latestSet(), id(rule)).path("action").asString()).isEqualTo("hold");
        approve(checker, publish(second));
        assertThat(inSet(latestSet(), id(rule)).path("action").asString()).isEqualTo("deny");

        approve(checker, publish(change(rule, 2, body(2, "deny", CONDITION, false))));
        assertThat(inSet(latestSet(), id(rule)).isMissingNode()).isTrue();
    }

    @Test
    void rules_that_would_be_too_much_work_together_are_not_put_in_force() {
        var most = RuleWork.MOST_COUNTERS - countersInForce();
        var half = written(analyst, "alert", counting(1, most - 1));
        approve(checker, publish(half));
        // Two that fit one by one, and not both: the second is asked for before the first is in
        // force.
        var one = written(analyst, "alert", counting(most, most));
        var other = written(analyst, "alert", counting(5000, 5000));
        var asked = publish(one);
        var askedToo = publish(other);
        approve(checker, asked);
        var before = latestSet();

        assertThat(approve(checker, askedToo).code()).isEqualTo("too_many_risk_counters");
        assertThat(latestSet()).isEqualTo(before);
        assertThat(asking(written(analyst, "alert", counting(6000, 6000))).code())
                .isEqualTo("too_many_risk_counters");
        // A count and a sum of the same are one.
        var same =
                written(
                        analyst,
                        "alert",
                        "{\"field\":\"sum\",\"of\":\"device\",\"window_minutes\":1,\"op\":\"gt\",\"currency\":\"NZD\",\"value\":\"1.00\"}");
        assertThat(asking(same).status()).isEqualTo(202);

        for (var rule : List.of(half, one)) {
            var off = change(rule, 1, body(1, "alert", CONDITION, false));
            approve(checker, publish(off));
        }
    }

    @Test
    void rules_that_would_be_too_large_together_are_not_put_in_force() {
        var large = "{\"any\":[" + payers(500) + "," + payers(100) + "]}";
        // One fits in a request; five are more than payments are to be judged by.
        var inForce =
                IntStream.range(0, 4).mapToObj(_ -> written(analyst, "alert", large)).toList();
        inForce.forEach(rule -> approve(checker, publish(rule)));

        assertThat(asking(written(analyst, "alert", large)).code())
                .isEqualTo("risk_rules_too_large");

        inForce.forEach(rule ->
                approve(checker, publish(change(rule, 1, body(1, "alert", CONDITION, false)))));
        assertThat(asking(written(analyst, "alert", large)).status()).isEqualTo(202);
    }

    private static String payers(int many) {
        return "{\"field\":\"payer\",\"op\":\"in\",\"values\":["
                + String.join(
                        ",",
                        IntStream.range(0, many).mapToObj("\"payer_%093d\""::formatted).toList())
                + "]}";
    }

    private int countersInForce() {
        var found = new HashSet<String>();
        latestSet()
                .path("rules")
                .findParents("window_minutes")
                .forEach(one ->
                        found.add(
                                one.path("of").asString() + one.path("window_minutes").asString()));
        return found.size();
    }

    private static String counting(int from, int to) {
        return "{\"any\":["
                + String.join(
                        ",",
                        IntStream.rangeClosed(from, to)
                                .mapToObj(
                                        "{\"field\":\"count\",\"of\":\"device\",\"window_minutes\":%d,\"op\":\"gte\",\"value\":5}"
                                                ::formatted)
                                .toList())
                + "]}";
    }

    private Answer asking(JsonNode rule) {
        return call(
                analyst,
                "POST",
                "/console/api/risk/rules/" + id(rule) + ":publish",
                "{\"version\":1,\"reason\":\"Seen twice\"}");
    }

    @Test
    void what_is_based_on_an_older_version_or_on_nothing_is_refused() {
        var rule = written(analyst, "hold", CONDITION);

        assertThat(
                        call(
                                        analyst,
                                        "POST",
                                        "/console/api/risk/rules/" + id(rule),
                                        body(0, "deny", CONDITION, true))
                                .code())
                .isEqualTo("risk_rule_changed");
        assertThat(
                        call(
                                        analyst,
                                        "POST",
                                        "/console/api/risk/rules/rsk_none",
                                        body(0, "deny", CONDITION, true))
                                .status())
                .isEqualTo(404);
        assertThat(
                        call(
                                        checker,
                                        "POST",
                                        "/console/api/risk/rules",
                                        body(0, "deny", CONDITION, true))
                                .code())
                .isEqualTo("forbidden_scope");
    }

    @Test
    void every_fault_of_a_rule_is_told_at_its_place_and_nothing_is_written() {
        var count = count("risk_rule");
        var answer =
                call(
                        analyst,
                        "POST",
                        "/console/api/risk/rules",
                        body(
                                0,
                                "hold",
                                """
                                {"all":[{"field":"weather","op":"in","values":["rain"]},
                                        {"field":"amount","op":"gt","currency":"NZD","value":"1.234"}]}
                                """,
                                true));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(
                        answer.body()
                                .path("errors")
                                .valueStream()
                                .map(one -> one.path("pointer").asString()))
                .containsExactly("/condition/all/0/field", "/condition/all/1/value");
        assertThat(count("risk_rule")).isEqualTo(count);
    }

    @Test
    void what_was_written_and_published_is_never_changed() {
        written(analyst, "hold", CONDITION);

        for (var statement :
                List.of(
                        "update risk_rule set enabled = false",
                        "delete from risk_publication",
                        "update risk_case_entry set what = 'x'")) {
            assertThatThrownBy(() -> jdbc.sql(statement).update())
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
    }

    @Test
    void rules_that_are_approved_at_once_are_all_in_the_last_set() throws Exception {
        var rules =
                IntStream.range(0, 6).mapToObj(_ -> written(analyst, "alert", CONDITION)).toList();
        var asked = rules.stream().map(this::publish).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    asked.stream().map(one -> threads.submit(() -> approve(checker, one))).toList();
            for (var one : running) {
                assertThat(one.get().status()).isEqualTo(200);
            }
        }
        var told = latestSet();
        assertThat(rules).allSatisfy(rule -> assertThat(inSet(told, id(rule)).isObject()).isTrue());
    }

    @Test
    void what_is_held_opens_one_case_and_a_small_one_is_decided_by_one_person() {
        var payment = newId("pay_");
        var held = told("risk.held", payment, "120.00");
        happen(told("risk.alerted", payment, "120.00"), held);
        happen(held);
        var one = caseOf(payment);
        assertThat(one.path("kind").asString()).isEqualTo("hold");

        note(one, "Rang the shop");
        assertThat(
                        call(
                                        analyst,
                                        "POST",
                                        "/console/api/risk/cases/" + id(one) + ":assign",
                                        "{\"version\":%d,\"to\":\"%s\"}"
                                                .formatted(
                                                        one.path("version").asLong(),
                                                        analyst.personId()))
                                .status())
                .isEqualTo(200);
        one = caseOf(payment);
        assertThat(decide(tired(analyst), one, "release").code()).isEqualTo("step_up_required");
        var answer = decide(analyst, one, "release");

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.body().path("risk_case").path("status").asString()).isEqualTo("closed");
        assertThat(decisions(id(one))).containsExactly("release " + payment);
        assertThat(decide(analyst, one, "refuse").code()).isEqualTo("risk_case_closed");
        assertThat(decisions(id(one))).hasSize(1);
        assertThat(timeline(one)).containsExactly("alerted", "held", "note", "assigned", "decided");
        assertThat(
                        jdbc.sql(
                                        "select action from audit_entry where subject = ? order by sequence")
                                .param(id(one))
                                .query(String.class)
                                .list())
                .containsExactly("risk_case.noted", "risk_case.assigned", "risk_case.decided");
    }

    @Test
    void much_money_is_decided_by_two_people() {
        var payment = newId("pay_");
        happen(told("risk.held", payment, "5000.01"));
        var one = caseOf(payment);

        var asked = decide(analyst, one, "refuse");

        assertThat(asked.status()).isEqualTo(202);
        assertThat(decisions(id(one))).isEmpty();
        assertThat(decide(analyst, caseOf(payment), "release").code())
                .isEqualTo("approval_pending");
        var approval = asked.body().path("approval").asString();
        assertThat(approve(checker, approval).status()).isEqualTo(200);
        assertThat(decisions(id(one))).containsExactly("refuse " + payment);
        assertThat(caseOf(payment).path("decision").asString()).isEqualTo("refuse");
    }

    @Test
    void of_many_who_decide_at_once_one_does() throws Exception {
        var payment = newId("pay_");
        happen(told("risk.held", payment, "10.00"));
        var one = caseOf(payment);
        var done = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    IntStream.range(0, 12)
                            .mapToObj(i ->
                                    threads.submit(() ->
                                            decide(analyst, one, i % 2 == 0 ? "release" : "refuse")
                                                    .status()))
                            .toList();
            for (var answer : running) {
                done += answer.get() == 200 ? 1 : 0;
            }
        }
        assertThat(done).isEqualTo(1);
        assertThat(decisions(id(one))).hasSize(1);
    }

    @Test
    void an_alert_is_closed_and_opens_again_when_the_money_is_held() {
        var payment = newId("pay_");
        happen(told("risk.alerted", payment, "10.00"));
        var one = caseOf(payment);
        assertThat(decide(analyst, one, "release").code()).isEqualTo("nothing_held");
        assertThat(close(one).status()).isEqualTo(200);

        happen(told("risk.held", payment, "10.00"));

        var again = caseOf(payment);
        assertThat(again.path("status").asString()).isEqualTo("open");
        assertThat(close(again).code()).isEqualTo("not_decided");
    }

    @Test
    void what_its_channel_sent_back_is_decided_by_that() {
        var payment = newId("pay_");
        happen(told("risk.held", payment, "10.00"));
        happen(failed(payment, "pending"));
        assertThat(caseOf(payment).path("status").asString()).isEqualTo("open");

        happen(failed(payment, "under_review"));

        assertThat(caseOf(payment).path("decision").asString()).isEqualTo("returned");
        assertThat(decisions(id(caseOf(payment)))).isEmpty();
    }

    @Test
    void other_cases_of_the_same_payer_are_shown() {
        var payer = newId("payer_");
        var first = newId("pay_");
        var second = newId("pay_");
        happen(told("risk.held", first, "10.00", payer), told("risk.held", second, "10.00", payer));

        var whole = call(analyst, "GET", "/console/api/risk/cases/" + id(caseOf(second)), null);

        assertThat(whole.body().path("linked")).hasSize(1);
        assertThat(whole.body().path("linked").path(0).path("payment").asString()).isEqualTo(first);
    }

    private void happen(Event... events) {
        transaction.executeWithoutResult(_ -> cases.apply(List.of(events)));
    }

    private static Event told(String type, String payment, String amount) {
        return told(type, payment, amount, null);
    }

    private static Event told(String type, String payment, String amount, String payer) {
        var data = JSON.createObjectNode();
        data.put("merchant_id", "mer_1")
                .put("livemode", true)
                .put("payment_id", payment)
                .put("merchant_reference", "ORDER-1")
                .put("stage", "success")
                .put("amount", amount)
                .put("currency", "NZD")
                .put("method", "wechat")
                .put("payer", payer)
                .putArray("rules");
        return Event.of(type, payment, 3, Instant.parse("2026-11-24T01:02:03Z"), data);
    }

    private static Event failed(String payment, String previous) {
        var data = JSON.createObjectNode();
        data.putObject("previous").put("status", previous);
        return Event.of("payment.failed", payment, 4, Instant.parse("2026-11-24T01:03:03Z"), data);
    }

    private static String newId(String prefix) {
        return prefix + Event.newId().substring(4);
    }

    private static String body(int basedOn, String action, String condition, boolean enabled) {
        return """
        {"based_on":%d,"name":"Many by one code","merchant_id":null,"action":"%s","priority":10,
         "effective_from":null,"condition":%s,"enabled":%s}
        """
                .formatted(basedOn, action, condition, enabled);
    }

    private JsonNode written(StaffCaller caller, String action, String condition) {
        var answer =
                call(caller, "POST", "/console/api/risk/rules", body(0, action, condition, true));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
        return answer.body();
    }

    private JsonNode change(JsonNode rule, int basedOn, String body) {
        var answer = call(analyst, "POST", "/console/api/risk/rules/" + id(rule), body);
        assertThat(answer.body().path("version").asInt()).isEqualTo(basedOn + 1);
        return answer.body();
    }

    private String publish(JsonNode rule) {
        var answer =
                call(
                        analyst,
                        "POST",
                        "/console/api/risk/rules/" + id(rule) + ":publish",
                        "{\"version\":"
                                + rule.path("version").asInt()
                                + ",\"reason\":\"Seen twice\"}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        return answer.body().path("approval").asString();
    }

    private Answer approve(StaffCaller caller, String approval) {
        return call(
                caller,
                "POST",
                "/console/api/approvals/" + approval + ":approve",
                "{\"version\":1,\"reason\":null}");
    }

    private JsonNode latestSet() {
        return jdbc.sql(
                        "select version, data from outbox where type = 'risk_rules.published' order by version desc limit 1")
                .query((row, _) -> {
                    var set = JSON.createObjectNode().put("version", row.getLong(1));
                    set.set("rules", JSON.readTree(row.getString(2)).path("rules"));
                    return (JsonNode) set;
                })
                .optional()
                .orElseGet(() -> JSON.createObjectNode().put("version", 0));
    }

    private static JsonNode inSet(JsonNode set, String rule) {
        for (var one : set.path("rules")) {
            if (one.path("id").asString().equals(rule)) {
                return one;
            }
        }
        return JSON.missingNode();
    }

    private static String id(JsonNode one) {
        return one.path("id").asString();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }

    private JsonNode caseOf(String payment) {
        var id =
                jdbc.sql("select id from risk_case where payment_id = ?")
                        .param(payment)
                        .query(String.class)
                        .single();
        return call(analyst, "GET", "/console/api/risk/cases/" + id, null).body().path("risk_case");
    }

    private void note(JsonNode one, String text) {
        var answer =
                call(
                        analyst,
                        "POST",
                        "/console/api/risk/cases/" + id(one) + ":note",
                        "{\"text\":\"" + text + "\"}");
        assertThat(answer.status()).isEqualTo(200);
    }

    private Answer decide(StaffCaller caller, JsonNode one, String decision) {
        return call(
                caller,
                "POST",
                "/console/api/risk/cases/" + id(one) + ":decide",
                "{\"version\":%d,\"decision\":\"%s\",\"reason\":\"Known to the shop\"}"
                        .formatted(one.path("version").asLong(), decision));
    }

    private Answer close(JsonNode one) {
        return call(
                analyst,
                "POST",
                "/console/api/risk/cases/" + id(one) + ":close",
                "{\"version\":%d,\"reason\":\"Nothing in it\"}"
                        .formatted(one.path("version").asLong()));
    }

    private List<String> timeline(JsonNode one) {
        return jdbc.sql("select what from risk_case_entry where case_id = ? order by sequence")
                .param(id(one))
                .query(String.class)
                .list();
    }

    private List<String> decisions(String caseId) {
        return jdbc
                .sql("select data from outbox where type = 'risk_case.decided' and subject = ?")
                .param(caseId)
                .query(String.class)
                .list()
                .stream()
                .map(JSON::readTree)
                .map(data ->
                        data.path("decision").asString() + " " + data.path("payment_id").asString())
                .toList();
    }
}

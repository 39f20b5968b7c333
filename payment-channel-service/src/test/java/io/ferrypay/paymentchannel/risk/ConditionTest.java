package io.ferrypay.paymentchannel.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferrypay.money.Money;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConditionTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** 21:30 UTC is 10:30 of the next day in Auckland. */
    private static final Facts FACTS =
            new Facts(
                    Facts.Stage.SUCCESS,
                    "mer_1",
                    true,
                    Money.parse("120.00", "NZD"),
                    "wechat",
                    "wechat",
                    Instant.parse("2026-11-23T21:30:00Z"),
                    null,
                    "sc_1",
                    "dev_1",
                    null,
                    "203.0.113.9");

    private static final Velocity FOUR_BEFORE = (_, _, _) -> new Velocity.Totals(4, 88_000);

    /** The examples of which {@code docs/api} says that they are rules, and that they are none. */
    @Test
    void what_is_published_as_a_rule_is_understood_here_and_nothing_else() throws IOException {
        var examples = JSON.readTree(Files.readString(Path.of("../docs/api/risk-conditions.json")));

        assertThat(examples.path("accepted")).isNotEmpty().allSatisfy(ConditionReader::read);
        assertThat(examples.path("refused"))
                .isNotEmpty()
                .allSatisfy(refused ->
                        assertThatThrownBy(() -> ConditionReader.read(refused.path("condition")))
                                .isInstanceOf(IllegalArgumentException.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"field":"amount","op":"gte","currency":"NZD","value":"120.00"}          | YES
                    {"field":"amount","op":"gt","currency":"NZD","value":"120.00"}           | NO
                    {"field":"amount","op":"lt","currency":"USD","value":"500.00"}           | NO
                    {"field":"method","op":"in","values":["alipay","wechat"]}                | YES
                    {"field":"store","op":"is_set"}                                          | NO
                    {"field":"payer","op":"is_set"}                                          | UNKNOWN
                    {"not":{"field":"payer","op":"in","values":["payer_1"]}}                 | UNKNOWN
                    {"field":"ip","op":"in","values":["203.0.113.8/30"]}                     | YES
                    {"field":"ip","op":"in","values":["203.0.113.0/29","2001:db8::/32"]}     | NO
                    {"field":"ip","op":"in","values":["0.0.0.0/0"]}                          | YES
                    {"field":"time","zone":"UTC","from":"21:30","to":"21:31"}                | YES
                    {"field":"time","zone":"UTC","from":"21:00","to":"21:30"}                | NO
                    {"field":"time","zone":"UTC","from":"21:00","to":"06:00"}                | YES
                    {"field":"time","zone":"Pacific/Auckland","from":"22:00","to":"06:00"}   | NO
                    {"field":"time","zone":"Pacific/Auckland","from":"10:00","to":"11:00"}   | YES
                    {"field":"count","of":"static_code","window_minutes":9,"op":"gte","value":5} | YES
                    {"field":"count","of":"static_code","window_minutes":9,"op":"gt","value":5}  | NO
                    {"field":"count","of":"payer","window_minutes":9,"op":"gte","value":1}   | UNKNOWN
                    {"field":"count","of":"store","window_minutes":9,"op":"gte","value":1}   | NO
                    {"field":"sum","of":"merchant","window_minutes":9,"op":"gte","currency":"NZD","value":"1000.00"} | YES
                    {"field":"sum","of":"merchant","window_minutes":9,"op":"gt","currency":"NZD","value":"1000.00"}  | NO
                    {"field":"sum","of":"merchant","window_minutes":9,"op":"gt","currency":"CNY","value":"1.00"}     | NO
                    {"all":[{"field":"payer","op":"is_set"},{"field":"store","op":"is_set"}]} | NO
                    {"all":[{"field":"payer","op":"is_set"},{"field":"device","op":"is_set"}]} | UNKNOWN
                    {"any":[{"field":"payer","op":"is_set"},{"field":"device","op":"is_set"}]} | YES
                    {"any":[{"field":"payer","op":"is_set"},{"field":"store","op":"is_set"}]} | UNKNOWN
                    """)
    void says_yes_or_no_and_nothing_of_what_is_not_known(String condition, Truth expected) {
        assertThat(ConditionReader.read(JSON.readTree(condition)).test(FACTS, FOUR_BEFORE))
                .isEqualTo(expected);
    }

    @Test
    void counts_are_read_only_where_nothing_cheaper_says_no() {
        var asked = new AtomicInteger();
        Velocity counting =
                (_, _, _) -> {
                    asked.incrementAndGet();
                    return Velocity.Totals.NONE;
                };
        var count =
                "{\"field\":\"count\",\"of\":\"merchant\",\"window_minutes\":9,\"op\":\"gte\",\"value\":1}";

        ConditionReader.read(
                        JSON.readTree(
                                "{\"all\":["
                                        + count
                                        + ",{\"field\":\"store\",\"op\":\"is_set\"}]}"))
                .test(FACTS, counting);
        assertThat(asked).hasValue(0);

        ConditionReader.read(JSON.readTree(count)).test(FACTS, counting);
        assertThat(asked).hasValue(1);
    }

    @Test
    void the_first_rule_that_does_not_only_alert_decides() {
        assertThat(judged(rule("a", "alert", 5), rule("b", "hold", 6), rule("c", "deny", 7)))
                .isEqualTo(new Outcome(RiskAction.HOLD, "a,b"));
        assertThat(judged(rule("c", "deny", 7), rule("b", "hold", 8), rule("a", "allow", 1)))
                .isEqualTo(new Outcome(RiskAction.ALLOW, ""));
        assertThat(judged(rule("a", "alert", 1), rule("b", "allow", 2), rule("c", "deny", 3)))
                .isEqualTo(new Outcome(RiskAction.ALERT, "a"));
        assertThat(judged(rule("later", "deny", 1, null, "2026-11-23T21:30:01Z")))
                .isEqualTo(new Outcome(RiskAction.ALLOW, ""));
        assertThat(judged(rule("now", "deny", 1, null, "2026-11-23T21:30:00Z")))
                .isEqualTo(new Outcome(RiskAction.DENY, "now"));
        assertThat(judged(rule("other", "deny", 1, "mer_2", "2026-01-01T00:00:00Z")))
                .isEqualTo(new Outcome(RiskAction.ALLOW, ""));
    }

    private record Outcome(RiskAction action, String rules) {}

    private static Outcome judged(JsonNode... rules) {
        var array = JSON.createArrayNode();
        for (var rule : rules) {
            array.add(rule);
        }
        var verdict = RuleSet.published(3, array).judge(FACTS, FOUR_BEFORE);
        return new Outcome(
                verdict.action(),
                String.join(",", verdict.hits().stream().map(Verdict.Hit::id).toList()));
    }

    private static JsonNode rule(String id, String action, int priority) {
        return rule(id, action, priority, null, "2026-01-01T00:00:00Z");
    }

    private static JsonNode rule(
            String id, String action, int priority, String merchant, String from) {
        var rule = JSON.createObjectNode();
        rule.put("id", id)
                .put("version", 1)
                .put("name", id)
                .put("merchant_id", merchant)
                .put("action", action)
                .put("priority", priority)
                .put("effective_from", from)
                .set("condition", JSON.readTree("{\"field\":\"merchant\",\"op\":\"is_set\"}"));
        return rule;
    }
}

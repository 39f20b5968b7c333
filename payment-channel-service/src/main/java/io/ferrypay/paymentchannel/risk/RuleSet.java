package io.ferrypay.paymentchannel.risk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rules in force, in the order in which they are asked.
 *
 * @param version grows with every publication; 0 before the first
 */
record RuleSet(long version, List<Rule> rules) {

    static final int MOST_RULES = 500;

    /** So many lookups a payment may cost. */
    static final int MOST_COUNTERS = 30;

    /** So large may the conditions be, as JSON without blanks, in bytes of UTF-8. */
    static final int MOST_BYTES = 256 * 1024;

    static final RuleSet NONE = new RuleSet(0, List.of());

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * @param merchantId whose payments it is for; null for everybody's
     * @param priority the lowest is asked first
     * @param effectiveFrom it fits nothing before that
     */
    record Rule(
            String id,
            long version,
            String name,
            @Nullable String merchantId,
            RiskAction action,
            int priority,
            Instant effectiveFrom,
            Condition condition) {

        boolean fits(Facts facts, Velocity velocity) {
            return (merchantId == null || merchantId.equals(facts.merchantId()))
                    && !facts.at().isBefore(effectiveFrom)
                    && condition.test(facts, velocity) == Truth.YES;
        }

        Verdict.Hit hit() {
            return new Verdict.Hit(id, version, name, action);
        }
    }

    /** What is kept already: it was {@link #published} once. */
    static RuleSet read(long version, String rules) {
        return read(version, JSON.readTree(rules));
    }

    /**
     * What we are told.
     *
     * @throws IllegalArgumentException if any of it is not understood, or together it is too much
     *     work for each payment: a set is taken whole or not
     */
    static RuleSet published(long version, JsonNode rules) {
        var read = read(version, rules);
        var bytes = 0L;
        for (var rule : rules) {
            bytes += rule.path("condition").toString().getBytes(StandardCharsets.UTF_8).length;
        }
        var counters = read.rules().stream().flatMap(rule -> rule.condition().counters().stream());
        if (bytes > MOST_BYTES || counters.distinct().count() > MOST_COUNTERS) {
            throw new IllegalArgumentException("rules that are too much work");
        }
        return read;
    }

    private static RuleSet read(long version, JsonNode rules) {
        if (!rules.isArray() || rules.size() > MOST_RULES) {
            throw new IllegalArgumentException("no rules, or too many");
        }
        var read = new ArrayList<Rule>();
        for (var rule : rules) {
            read.add(rule(rule));
        }
        read.sort(Comparator.comparingInt(Rule::priority).thenComparing(Rule::id));
        return new RuleSet(version, List.copyOf(read));
    }

    private static Rule rule(JsonNode rule) {
        return new Rule(
                rule.required("id").asString(),
                rule.required("version").asLong(),
                rule.required("name").asString(),
                rule.required("merchant_id").isNull()
                        ? null
                        : rule.required("merchant_id").asString(),
                RiskAction.ofWireName(rule.required("action").asString()),
                rule.required("priority").asInt(),
                Instant.parse(rule.required("effective_from").asString()),
                ConditionReader.read(rule.required("condition")));
    }

    /** Alerts are collected on the way; the first rule that says anything else decides. */
    Verdict judge(Facts facts, Velocity velocity) {
        var hits = new ArrayList<Verdict.Hit>();
        for (var rule : rules) {
            if (rule.fits(facts, velocity)) {
                if (rule.action() == RiskAction.ALLOW) {
                    break;
                }
                hits.add(rule.hit());
                if (rule.action() != RiskAction.ALERT) {
                    return new Verdict(version, rule.action(), hits);
                }
            }
        }
        return new Verdict(version, hits.isEmpty() ? RiskAction.ALLOW : RiskAction.ALERT, hits);
    }
}

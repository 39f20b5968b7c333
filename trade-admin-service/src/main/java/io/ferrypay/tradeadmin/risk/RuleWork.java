package io.ferrypay.tradeadmin.risk;

import io.ferrypay.problem.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * How much work rules are where payments are made, which is bounded: the payment service refuses a
 * set that is more, by the same measures.
 */
final class RuleWork {

    static final int MOST_RULES = 500;
    static final int MOST_COUNTERS = 30;
    static final int MOST_BYTES = 256 * 1024;

    private RuleWork() {}

    /** Refuses with 409 rules that must not be in force together. */
    static void check(Collection<RiskRule> rules) {
        if (rules.size() > MOST_RULES) {
            throw ApiException.of(RiskProblems.TOO_MANY_RULES);
        }
        var counters = new HashSet<List<Object>>();
        var bytes = 0L;
        for (var rule : rules) {
            counters(rule.condition(), counters);
            bytes += rule.condition().toString().getBytes(StandardCharsets.UTF_8).length;
        }
        if (counters.size() > MOST_COUNTERS) {
            throw ApiException.of(
                    RiskProblems.TOO_MANY_COUNTERS,
                    "They would ask for "
                            + counters.size()
                            + " different counts and sums; "
                            + MOST_COUNTERS
                            + " are possible.");
        }
        if (bytes > MOST_BYTES) {
            throw ApiException.of(
                    RiskProblems.TOO_LARGE,
                    "Their conditions would have " + bytes + " bytes; 262144 are possible.");
        }
    }

    /** By whom and over what time it counts; a count and a sum of the same are one lookup. */
    private static void counters(JsonNode condition, Set<List<Object>> found) {
        condition.path("all").forEach(part -> counters(part, found));
        condition.path("any").forEach(part -> counters(part, found));
        if (condition.has("not")) {
            counters(condition.path("not"), found);
        }
        if (condition.has("window_minutes")) {
            found.add(
                    List.of(
                            condition.path("of").asString(""),
                            condition.path("window_minutes").asInt(0)));
        }
    }
}

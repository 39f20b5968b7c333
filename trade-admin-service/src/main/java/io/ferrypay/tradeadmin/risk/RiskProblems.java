package io.ferrypay.tradeadmin.risk;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong with rules and cases; the codes are permanent. */
final class RiskProblems {

    static final ProblemCode RULE_CHANGED =
            ProblemCode.of("risk_rule_changed", 409, "There is a newer version of this rule");
    static final ProblemCode TOO_MANY_RULES =
            ProblemCode.of("too_many_risk_rules", 409, "No more rules can be in force");
    static final ProblemCode TOO_MANY_COUNTERS =
            ProblemCode.of(
                    "too_many_risk_counters", 409, "The rules in force would count too much");
    static final ProblemCode TOO_LARGE =
            ProblemCode.of("risk_rules_too_large", 409, "The rules in force would be too large");
    static final ProblemCode CASE_CLOSED =
            ProblemCode.of("risk_case_closed", 409, "This case is closed");
    static final ProblemCode CASE_CHANGED =
            ProblemCode.of("risk_case_changed", 409, "This is not the case that you saw");
    static final ProblemCode NOTHING_HELD =
            ProblemCode.of("nothing_held", 409, "There is no money to decide on");
    static final ProblemCode NOT_DECIDED =
            ProblemCode.of("not_decided", 409, "Held money needs a decision");

    private RiskProblems() {}
}

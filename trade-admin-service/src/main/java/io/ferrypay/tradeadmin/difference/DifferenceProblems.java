package io.ferrypay.tradeadmin.difference;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong with differences; the codes are permanent. */
final class DifferenceProblems {

    static final ProblemCode CLOSED =
            ProblemCode.of("difference_closed", 409, "Nothing is left to decide here");
    static final ProblemCode CHANGED =
            ProblemCode.of("difference_changed", 409, "This is not the difference that you saw");
    static final ProblemCode NOT_FITTING =
            ProblemCode.of("action_not_fitting", 409, "That can't be done about this difference");

    private DifferenceProblems() {}
}

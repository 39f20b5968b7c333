package io.ferrypay.merchant.staticcode;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about static codes. */
final class StaticCodeProblems {

    static final ProblemCode UNKNOWN_STORE =
            ProblemCode.of("unknown_store", 422, "You have no such store in this mode");
    static final ProblemCode CURRENCY_NOT_ACCEPTED =
            ProblemCode.of("currency_not_accepted", 422, "You are settled in another currency");
    static final ProblemCode STATIC_CODE_DISABLED =
            ProblemCode.of("static_code_disabled", 409, "This code is disabled for good");

    private StaticCodeProblems() {}
}

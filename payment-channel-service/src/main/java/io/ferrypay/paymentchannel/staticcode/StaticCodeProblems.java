package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong on the page behind a printed code; the codes are permanent. */
final class StaticCodeProblems {

    static final ProblemCode UNKNOWN_STATIC_CODE =
            ProblemCode.of("unknown_static_code", 404, "This code leads nowhere");
    static final ProblemCode CODE_REPLACED =
            ProblemCode.of("code_replaced", 409, "This code was replaced by a new one");
    static final ProblemCode CODE_DISABLED =
            ProblemCode.of("code_disabled", 409, "This code can no longer be paid by");
    static final ProblemCode DAILY_LIMIT_REACHED =
            ProblemCode.of(
                    "daily_limit_reached", 422, "This code takes no more of that size today");
    static final ProblemCode AMOUNT_TOO_SMALL =
            ProblemCode.of("amount_too_small", 422, "The amount is less than this code takes");
    static final ProblemCode AMOUNT_TOO_LARGE =
            ProblemCode.of("amount_too_large", 422, "The amount is more than this code takes");
    static final ProblemCode AMOUNT_IS_FIXED =
            ProblemCode.of("amount_is_fixed", 422, "This code is for another amount");
    static final ProblemCode RISK_DENIED =
            ProblemCode.of("risk_denied", 422, "This payment can't be taken");
    static final ProblemCode NOT_PAYABLE =
            ProblemCode.temporary(
                    "not_payable_now", 503, "This shop can't be paid by this code at the moment");

    private StaticCodeProblems() {}
}

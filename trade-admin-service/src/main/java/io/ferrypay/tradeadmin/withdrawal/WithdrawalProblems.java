package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong about withdrawals; the codes are permanent. */
final class WithdrawalProblems {

    static final ProblemCode INSUFFICIENT =
            ProblemCode.of(
                    "insufficient_balance", 422, "Less is available than is to be withdrawn");
    static final ProblemCode TOO_SMALL =
            ProblemCode.of("amount_below_minimum", 422, "The amount is below the minimum");
    static final ProblemCode DAILY_LIMIT =
            ProblemCode.of("daily_limit_exceeded", 422, "The limit of the day is exceeded");
    static final ProblemCode ACCOUNT_UNKNOWN =
            ProblemCode.of("bank_account_unknown", 422, "This is no bank account of yours");
    static final ProblemCode ACCOUNT_NOT_USABLE =
            ProblemCode.of(
                    "bank_account_not_usable", 422, "Money can't go to this bank account (yet)");
    static final ProblemCode NOT_CANCELABLE =
            ProblemCode.of("not_cancelable", 409, "It has left, or is over");
    static final ProblemCode STATUS =
            ProblemCode.of("withdrawal_moved_on", 409, "The withdrawal has moved on");
    static final ProblemCode SCHEDULE_EXISTS =
            ProblemCode.of("schedule_exists", 409, "There is a schedule in this currency already");
    static final ProblemCode SCHEDULE_ENDED =
            ProblemCode.of("schedule_ended", 409, "The schedule has ended");
    static final ProblemCode OTHER_FORMAT =
            ProblemCode.of(
                    "other_format_exported",
                    409,
                    "The batch was handed out in another form: say why this one is needed, too");
    static final ProblemCode RESPONSE =
            ProblemCode.of("bank_response_refused", 422, "The bank's file does not fit its batch");

    private WithdrawalProblems() {}
}

package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong at a till and behind its code; the codes are permanent. */
final class SpotPayProblems {

    static final ProblemCode REFERENCE_EXISTS =
            ProblemCode.of("reference_exists", 409, "Another payment has this merchant_reference");
    static final ProblemCode MERCHANT_SUSPENDED =
            ProblemCode.of("merchant_suspended", 403, "The merchant is suspended");
    static final ProblemCode CURRENCY_NOT_ACCEPTED =
            ProblemCode.of("currency_not_accepted", 422, "The shop is settled in another currency");
    static final ProblemCode METHOD_NOT_AVAILABLE =
            ProblemCode.of("method_not_available", 422, "This shop can't be paid that way");
    static final ProblemCode RISK_DENIED =
            ProblemCode.of("risk_denied", 422, "This payment can't be taken");
    static final ProblemCode CHANNEL_REFUSED =
            ProblemCode.of(
                    "channel_refused", 502, "The payment channel will not take this payment");
    static final ProblemCode CHANNEL_UNAVAILABLE =
            ProblemCode.temporary(
                    "channel_unavailable", 502, "The payment channel does not answer");
    static final ProblemCode CHANNEL_DOWN =
            ProblemCode.temporary(
                    "channel_down", 503, "This way to pay does not work at the moment");
    static final ProblemCode PAY_CODE_NOT_RECOGNIZED =
            ProblemCode.of("pay_code_not_recognized", 422, "This is no code of a wallet we know");
    static final ProblemCode SESSION_ENDED =
            ProblemCode.of("session_ended", 409, "It has ended in another way");
    static final ProblemCode CASHIER_REQUIRED =
            ProblemCode.of("cashier_required", 403, "A cashier has to give the PIN for this");
    static final ProblemCode OVER_CASHIER_LIMIT =
            ProblemCode.of(
                    "over_cashier_limit", 422, "It is more than this cashier may do at once");
    static final ProblemCode CASHIER_DAILY_LIMIT_REACHED =
            ProblemCode.of(
                    "cashier_daily_limit_reached",
                    422,
                    "It would be more than this cashier may do in a day");
    static final ProblemCode UNKNOWN_DYNAMIC_CODE =
            ProblemCode.of("unknown_dynamic_code", 404, "This code leads nowhere");

    private SpotPayProblems() {}
}

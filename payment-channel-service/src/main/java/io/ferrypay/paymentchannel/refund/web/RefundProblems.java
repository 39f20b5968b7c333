package io.ferrypay.paymentchannel.refund.web;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong with a refund; the codes are permanent. */
final class RefundProblems {

    static final ProblemCode NOT_REFUNDABLE_STATE =
            ProblemCode.of("not_refundable_state", 409, "The payment holds no money to refund");
    static final ProblemCode REFERENCE_EXISTS =
            ProblemCode.of("reference_exists", 409, "Another refund has this merchant_reference");
    static final ProblemCode REFUND_EXCEEDS_BALANCE =
            ProblemCode.of("refund_exceeds_balance", 422, "Not as much of the payment is left");
    static final ProblemCode REFUND_TOO_SMALL =
            ProblemCode.of(
                    "refund_too_small", 422, "It is less than the channel's smallest amount");
    static final ProblemCode REFUND_WINDOW_CLOSED =
            ProblemCode.of(
                    "refund_window_closed",
                    422,
                    "The payment is too old for its channel to refund");
    static final ProblemCode TOO_MANY_REFUNDS =
            ProblemCode.of(
                    "too_many_refunds",
                    422,
                    "The payment has as many refunds as its channel allows");
    static final ProblemCode REFUND_NOT_SUPPORTED =
            ProblemCode.of("refund_not_supported", 422, "The payment's channel does not refund");

    static final ProblemCode STEP_UP_REQUIRED =
            ProblemCode.of("step_up_required", 403, "Prove again who you are");

    private RefundProblems() {}
}

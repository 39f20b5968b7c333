package io.ferrypay.paymentchannel.payment.web;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong with a payment; the codes are permanent. */
final class PaymentProblems {

    static final ProblemCode REFERENCE_EXISTS =
            ProblemCode.of("reference_exists", 409, "Another payment has this merchant_reference");
    static final ProblemCode PAYMENT_ENDED =
            ProblemCode.of("payment_ended", 409, "The payment has ended in another way");
    static final ProblemCode CURRENCY_NOT_ACCEPTED =
            ProblemCode.of("currency_not_accepted", 422, "You are not settled in this currency");
    static final ProblemCode METHOD_NOT_AVAILABLE =
            ProblemCode.of("method_not_available", 422, "You do not have this way to pay");
    static final ProblemCode PAY_CODE_NOT_RECOGNIZED =
            ProblemCode.of("pay_code_not_recognized", 422, "No wallet we know shows such codes");
    static final ProblemCode FX_QUOTE_NOT_USABLE =
            ProblemCode.of(
                    "fx_quote_not_usable",
                    422,
                    "The quote is unknown, over, used, or for another amount");
    static final ProblemCode RISK_DENIED =
            ProblemCode.of("risk_denied", 422, "This payment can't be taken");
    static final ProblemCode MERCHANT_SUSPENDED =
            ProblemCode.of("merchant_suspended", 403, "This merchant may not take payments");
    static final ProblemCode MERCHANT_NOT_READY =
            ProblemCode.temporary("merchant_not_ready", 503, "This merchant is being set up");
    static final ProblemCode CHANNEL_UNAVAILABLE =
            ProblemCode.temporary(
                    "channel_unavailable", 502, "The payment channel does not answer");

    private PaymentProblems() {}
}

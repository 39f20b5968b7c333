package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong on a shopper's page; the codes are permanent. */
final class CheckoutProblems {

    static final ProblemCode UNKNOWN_PAYMENT_LINK =
            ProblemCode.of("unknown_payment_link", 404, "This payment link does not work");
    static final ProblemCode METHOD_NOT_AVAILABLE =
            ProblemCode.of("method_not_available", 422, "This payment cannot be paid that way");
    static final ProblemCode TOO_MANY_ATTEMPTS =
            ProblemCode.of(
                    "too_many_attempts",
                    409,
                    "Too many ways to pay were begun; only the last one can be gone on with");
    static final ProblemCode CHANNEL_REFUSED =
            ProblemCode.of(
                    "channel_refused", 502, "The payment channel will not take this payment");
    static final ProblemCode CHANNEL_UNAVAILABLE =
            ProblemCode.temporary(
                    "channel_unavailable", 502, "The payment channel does not answer");
    static final ProblemCode CHANNEL_DOWN =
            ProblemCode.temporary(
                    "channel_down", 503, "This way to pay does not work at the moment");
    static final ProblemCode TOO_MANY_STREAMS =
            ProblemCode.temporary("too_many_streams", 503, "Too many pages are listening");

    private CheckoutProblems() {}
}

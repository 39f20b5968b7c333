package io.ferrypay.paymentchannel.fx;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong about rates; the codes are permanent. */
public final class FxProblems {

    public static final ProblemCode NO_RATE =
            ProblemCode.temporary("fx_rate_unavailable", 503, "There is no fresh rate to go by");

    public static final ProblemCode RATE_TOO_FAR =
            ProblemCode.of("fx_rate_too_far", 409, "The rate is far from the last one");

    private FxProblems() {}
}

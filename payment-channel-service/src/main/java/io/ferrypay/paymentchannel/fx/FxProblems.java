package io.ferrypay.paymentchannel.fx;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong about rates; the codes are permanent. */
public final class FxProblems {

    public static final ProblemCode NO_RATE =
            ProblemCode.temporary("fx_rate_unavailable", 503, "There is no fresh rate to go by");

    private FxProblems() {}
}

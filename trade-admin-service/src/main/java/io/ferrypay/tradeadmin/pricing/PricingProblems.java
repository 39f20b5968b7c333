package io.ferrypay.tradeadmin.pricing;

import io.ferrypay.problem.ProblemCode;

/** What can go wrong about prices; the codes are permanent. */
public final class PricingProblems {

    public static final ProblemCode CHANGED =
            ProblemCode.of("price_list_changed", 409, "Somebody else has changed these prices");

    private PricingProblems() {}
}

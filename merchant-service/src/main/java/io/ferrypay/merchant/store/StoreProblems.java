package io.ferrypay.merchant.store;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about stores. */
final class StoreProblems {

    static final ProblemCode STORE_CLOSED =
            ProblemCode.of("store_closed", 409, "This store is closed for good");

    private StoreProblems() {}
}

package io.ferrypay.merchant.merchant;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about a merchant. */
final class MerchantProblems {

    static final ProblemCode MERCHANT_EXISTS =
            ProblemCode.of("merchant_exists", 409, "There is a merchant with this id");
    static final ProblemCode CURRENCY_IS_FIXED =
            ProblemCode.of("currency_is_fixed", 422, "The currency of a merchant can't be changed");

    static final ProblemCode MERCHANT_NOT_DRAFT =
            ProblemCode.of("merchant_not_draft", 409, "This merchant was approved before");

    private MerchantProblems() {}
}

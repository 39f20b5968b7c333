package io.ferrypay.merchant.signin;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about people of the portal, besides what every sign-in refuses by. */
final class PortalProblems {

    static final ProblemCode ACCOUNT_EXISTS =
            ProblemCode.of("account_exists", 409, "There is an account with this address");
    static final ProblemCode NO_MERCHANT =
            ProblemCode.of("no_merchant", 403, "You don't belong to a merchant any more");
    static final ProblemCode SIGN_IN_FIRST =
            ProblemCode.of("sign_in_first", 409, "Sign in to your account, and then accept");
    static final ProblemCode MERCHANT_SWITCHED =
            ProblemCode.of(
                    "merchant_switched",
                    409,
                    "The page shows another merchant than the session is for");

    private PortalProblems() {}
}

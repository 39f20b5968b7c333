package io.ferrypay.merchant.signin;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about signing up and in. None of them tells whether an account exists. */
public final class SignInProblems {

    static final ProblemCode WRONG_CREDENTIALS =
            ProblemCode.of("wrong_credentials", 401, "The address or the password is wrong");
    static final ProblemCode TOO_MANY_ATTEMPTS =
            ProblemCode.temporary("too_many_attempts", 429, "Too many attempts");
    static final ProblemCode TOKEN_NOT_USABLE =
            ProblemCode.of("token_not_usable", 410, "This link was used already, or is too old");
    static final ProblemCode ACCOUNT_EXISTS =
            ProblemCode.of("account_exists", 409, "There is an account with this address");
    static final ProblemCode NO_MERCHANT =
            ProblemCode.of("no_merchant", 403, "You don't belong to a merchant any more");
    static final ProblemCode WRONG_CODE =
            ProblemCode.of("wrong_code", 401, "This code is wrong, or was used before");
    static final ProblemCode SECOND_FACTOR_IS_ON =
            ProblemCode.of("second_factor_is_on", 409, "There is a second factor already");
    static final ProblemCode SIGN_IN_FIRST =
            ProblemCode.of("sign_in_first", 409, "Sign in to your account, and then accept");
    static final ProblemCode STEP_UP_REQUIRED =
            ProblemCode.of("step_up_required", 403, "Prove again who you are");
    static final ProblemCode MERCHANT_SWITCHED =
            ProblemCode.of(
                    "merchant_switched",
                    409,
                    "The page shows another merchant than the session is for");
    static final ProblemCode CSRF_TOKEN_INVALID =
            ProblemCode.of(
                    "csrf_token_invalid",
                    403,
                    "The X-XSRF-TOKEN header must repeat the XSRF-TOKEN cookie");

    private SignInProblems() {}
}

package io.ferrypay.signin;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about signing in. None of them tells whether an account exists. */
public final class SignInProblems {

    public static final ProblemCode WRONG_CREDENTIALS =
            ProblemCode.of("wrong_credentials", 401, "The address or the password is wrong");
    public static final ProblemCode PASSWORD_TOO_EASY =
            ProblemCode.of("password_too_easy", 422, "This password is too easy to guess");
    public static final ProblemCode TOO_MANY_ATTEMPTS =
            ProblemCode.temporary("too_many_attempts", 429, "Too many attempts");
    public static final ProblemCode TOKEN_NOT_USABLE =
            ProblemCode.of("token_not_usable", 410, "This link was used already, or is too old");
    public static final ProblemCode WRONG_CODE =
            ProblemCode.of("wrong_code", 401, "This code is wrong, or was used before");
    public static final ProblemCode SECOND_FACTOR_IS_ON =
            ProblemCode.of("second_factor_is_on", 409, "There is a second factor already");
    public static final ProblemCode STEP_UP_REQUIRED =
            ProblemCode.of("step_up_required", 403, "Prove again who you are");
    public static final ProblemCode CSRF_TOKEN_INVALID =
            ProblemCode.of(
                    "csrf_token_invalid",
                    403,
                    "The X-XSRF-TOKEN header must repeat the XSRF-TOKEN cookie");

    private SignInProblems() {}
}

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
    static final ProblemCode SIGN_OUT_FIRST =
            ProblemCode.of(
                    "sign_out_first",
                    409,
                    "This invitation is for another address: sign out, and then accept it");
    static final ProblemCode MERCHANT_SWITCHED =
            ProblemCode.of(
                    "merchant_switched",
                    409,
                    "The page shows another merchant than the session is for");

    static final ProblemCode WRONG_PASSKEY =
            ProblemCode.of("wrong_passkey", 401, "This passkey proves nothing here");
    static final ProblemCode PASSWORD_FIRST =
            ProblemCode.of(
                    "password_first",
                    403,
                    "The password was reset: sign in with it first, and then with this passkey");
    static final ProblemCode PASSKEY_EXISTS =
            ProblemCode.of("passkey_exists", 409, "This passkey is known already");
    static final ProblemCode TOO_MANY_PASSKEYS =
            ProblemCode.of("too_many_passkeys", 409, "There are ten passkeys; remove one first");
    static final ProblemCode LAST_SECOND_FACTOR =
            ProblemCode.of(
                    "last_second_factor",
                    409,
                    "You must have a second factor; set another one up first");

    private PortalProblems() {}
}

package io.ferrypay.merchant.credential;

import io.ferrypay.problem.ProblemCode;

/** What can be wrong about API keys. */
final class CredentialProblems {

    static final ProblemCode SECRET_ALREADY_SHOWN =
            ProblemCode.of(
                    "secret_already_shown",
                    409,
                    "This request was done before, and its secret is shown only once");
    static final ProblemCode KEY_NOT_USABLE =
            ProblemCode.of("key_not_usable", 409, "This key is revoked or expired");
    static final ProblemCode KEY_ALREADY_ROLLED =
            ProblemCode.of("key_already_rolled", 409, "This key has been rolled already");
    static final ProblemCode SCOPE_NOT_HELD =
            ProblemCode.of(
                    "scope_not_held", 403, "A key can't give rights that it does not have itself");

    private CredentialProblems() {}
}

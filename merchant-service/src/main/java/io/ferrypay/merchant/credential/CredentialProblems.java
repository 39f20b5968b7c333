package io.ferrypay.merchant.credential;

import io.ferrypay.problem.ProblemCode;
import java.util.Locale;

/** What can be wrong about API keys. */
enum CredentialProblems implements ProblemCode {
    SECRET_ALREADY_SHOWN(409, "This request was done before, and its secret is shown only once"),
    KEY_NOT_USABLE(409, "This key is revoked or expired"),
    KEY_ALREADY_ROLLED(409, "This key has been rolled already"),
    SCOPE_NOT_HELD(403, "A key can't give rights that it does not have itself");

    private final int status;
    private final String title;

    CredentialProblems(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}

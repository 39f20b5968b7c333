package io.ferrypay.merchant.credential;

/** A secret key may do everything, a restricted one only what its scopes say. */
public enum CredentialKind {
    SECRET("sk"),
    RESTRICTED("rk");

    private final String prefix;

    CredentialKind(String prefix) {
        this.prefix = prefix;
    }

    String prefix() {
        return prefix;
    }
}

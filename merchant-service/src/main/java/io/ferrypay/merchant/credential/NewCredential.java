package io.ferrypay.merchant.credential;

import io.ferrypay.identity.Mode;
import java.util.List;

/**
 * What a new key is to be.
 *
 * @param scopes all of them for a secret key
 * @param ipAllowList CIDR ranges it may be used from; anywhere if empty
 */
public record NewCredential(
        Mode mode,
        CredentialKind kind,
        String name,
        List<String> scopes,
        List<String> ipAllowList) {

    public NewCredential {
        scopes = kind == CredentialKind.SECRET ? Scope.ALL : List.copyOf(scopes);
        ipAllowList = List.copyOf(ipAllowList);
    }
}

package io.ferrypay.identity;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The merchant a request speaks for, as the gateway vouches. A controller method takes it as an
 * argument.
 *
 * @param scopes what the credential may do, such as {@code payments:write}
 * @param keyId the credential, {@code key_…}, or the session of a person; never the secret
 * @param personId who is signed in to the portal, {@code usr_…}, whatever session they use; null
 *     for an API key
 */
public record MerchantCaller(
        String merchantId, Mode mode, Set<String> scopes, String keyId, @Nullable String personId) {

    public MerchantCaller {
        scopes = Set.copyOf(scopes);
    }

    /** Refuses with 403 {@code forbidden_scope} when the credential lacks the scope. */
    public void require(String scope) {
        if (!scopes.contains(scope)) {
            throw ApiException.of(
                    CommonProblems.FORBIDDEN_SCOPE, "This needs the scope " + scope + ".");
        }
    }
}

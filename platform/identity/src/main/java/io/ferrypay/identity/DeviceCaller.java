package io.ferrypay.identity;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The till a request speaks for, as the gateway vouches. A controller method takes it as an
 * argument; one that takes a {@link MerchantCaller} is closed to devices.
 *
 * @param scopes what the device may do now, such as {@code payments:write}; {@code refunds:write}
 *     only while a cashier's proof came with the request
 * @param keyId the public name of its key, {@code dk_test_…}
 * @param deviceId {@code dev_…}
 * @param storeId the store it belongs to
 * @param storeName as shoppers see it
 * @param timeZone in which the store's days begin
 * @param cashierId who is signed in on it; null when nobody is
 */
public record DeviceCaller(
        String merchantId,
        Mode mode,
        Set<String> scopes,
        String keyId,
        String deviceId,
        String storeId,
        String storeName,
        ZoneId timeZone,
        @Nullable String cashierId) {

    public DeviceCaller {
        scopes = Set.copyOf(scopes);
    }

    public boolean may(String scope) {
        return scopes.contains(scope);
    }

    /** Refuses with 403 {@code forbidden_scope} when the device may not do this. */
    public void require(String scope) {
        if (!may(scope)) {
            throw ApiException.of(
                    CommonProblems.FORBIDDEN_SCOPE, "This needs the scope " + scope + ".");
        }
    }
}

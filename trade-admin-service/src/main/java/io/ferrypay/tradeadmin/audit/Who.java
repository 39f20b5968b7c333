package io.ferrypay.tradeadmin.audit;

import io.ferrypay.identity.StaffCaller;
import org.jspecify.annotations.Nullable;

/**
 * Who did something, and through what.
 *
 * @param name a person, {@code per_…}; somebody outside, such as {@code mer_…}; {@code nobody} who
 *     is not known (yet); {@code system} for what acts by itself
 * @param accountId the account of one of our people
 * @param sessionId the public name of the session
 * @param address the network address the request came from
 */
public record Who(
        String name,
        @Nullable String accountId,
        @Nullable String sessionId,
        @Nullable String address) {

    public static Who staff(StaffCaller caller) {
        return new Who(caller.personId(), caller.accountId(), caller.sessionId(), caller.address());
    }

    public static Who outside(String name) {
        return new Who(name, null, null, null);
    }

    /** Somebody who is not signed in. */
    public static Who nobody(String address) {
        return new Who("nobody", null, null, address);
    }

    public static Who system() {
        return new Who("system", null, null, null);
    }
}

package io.ferrypay.tradeadmin.approval;

import io.ferrypay.identity.StaffCaller;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param accountId the account of a person of ours; null for somebody outside
 * @param name the person, {@code per_…}, or who it is outside, such as {@code mer_…}
 */
public record Maker(@Nullable String accountId, String name) {

    public Maker {
        if (accountId == null && name.startsWith("per_")) {
            throw new IllegalArgumentException("A person of ours asks through an account");
        }
    }

    public static Maker staff(StaffCaller caller) {
        return new Maker(caller.accountId(), caller.personId());
    }

    /** A merchant, or a rule that acts by itself; any of our people may then decide. */
    public static Maker outside(String name) {
        return new Maker(null, name);
    }
}

package io.ferrypay.tradeadmin.staff;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What somebody signs in with.
 *
 * @param id {@code sta_…}
 * @param personId whose it is, {@code per_…}
 * @param passwordHash null until the person has chosen one
 */
public record StaffAccount(
        String id,
        String personId,
        String employeeNumber,
        String name,
        String email,
        String language,
        String status,
        @Nullable String passwordHash,
        Set<StaffRole> roles,
        Instant createdAt) {

    static final String INVITED = "invited";
    static final String ACTIVE = "active";
    static final String DISABLED = "disabled";

    public StaffAccount {
        roles = Set.copyOf(roles);
    }

    boolean isActive() {
        return status.equals(ACTIVE);
    }

    Set<Permission> permissions() {
        var all = EnumSet.noneOf(Permission.class);
        roles.forEach(role -> all.addAll(role.permissions()));
        return all;
    }

    @Override
    public String toString() {
        return "StaffAccount[" + id + "]";
    }
}

package io.ferrypay.merchant.team;

import java.time.Instant;

/**
 * A person who can sign in to the portal. Exists only once its mail address is proven.
 *
 * @param email as the person wrote it; two addresses that differ only in case are one
 * @param language {@code en} or {@code zh}
 */
public record PortalUser(
        String id,
        String email,
        String name,
        String language,
        String passwordHash,
        Instant createdAt) {

    @Override
    public String toString() {
        return "PortalUser[" + id + "]";
    }
}

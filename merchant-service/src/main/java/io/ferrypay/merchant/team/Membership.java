package io.ferrypay.merchant.team;

import io.ferrypay.merchant.portal.Role;
import java.time.Instant;

/** That somebody acts for a merchant, in a role. */
public record Membership(String userId, String merchantId, Role role, Instant createdAt) {}

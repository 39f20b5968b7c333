package io.ferrypay.tradeadmin.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time in which an account is not offered to payers.
 *
 * @param id {@code mnt_…}
 * @param version 1 as planned, 2 once somebody has ended it
 * @param account a channel's account as the payment service names it
 * @param endsAt when it ends, or was ended
 * @param endedBy the person who ended it, {@code per_…}; null if nobody did
 */
public record Maintenance(
        String id,
        int version,
        String account,
        Instant startsAt,
        Instant endsAt,
        Instant plannedAt,
        @Nullable String endedBy) {}

package io.ferrypay.tradeadmin.risk;

import io.ferrypay.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A payment that somebody is to look at.
 *
 * @param id {@code rcs_…}
 * @param kind {@code hold} if its money waits for a decision, else {@code alert}
 * @param status {@code open} or {@code closed}
 * @param payer a hash of what the wallet calls the payer
 * @param assignedTo the person, {@code per_…}
 * @param decision {@code release}, {@code refuse}, or {@code returned} if its channel was quicker
 */
public record RiskCase(
        String id,
        long version,
        String kind,
        String status,
        String paymentId,
        String merchantId,
        boolean livemode,
        String merchantReference,
        Money amount,
        @Nullable String method,
        @Nullable String channel,
        @Nullable String store,
        @Nullable String staticCode,
        @Nullable String device,
        @Nullable String payer,
        @Nullable String assignedTo,
        @Nullable String decision,
        Instant openedAt,
        @Nullable Instant closedAt) {

    boolean isOpen() {
        return status.equals("open");
    }

    boolean isHold() {
        return kind.equals("hold");
    }
}

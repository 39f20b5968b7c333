package io.ferrypay.merchant.device;

import io.ferrypay.identity.Mode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A till of a store.
 *
 * @param keyId the public name of its key, {@code dk_test_…}; null until it is paired
 * @param cashierId who is signed in on it
 * @param cashierSince when that cashier's shift began
 * @param lastSeenAt when it last asked for something, to the minute; null if it never did
 * @param pairingEndsAt until when a code that was given for it can be used; null when there is none
 */
public record Device(
        String id,
        String merchantId,
        Mode mode,
        String storeId,
        String name,
        @Nullable String keyId,
        @Nullable String cashierId,
        @Nullable Instant cashierSince,
        @Nullable Instant pairingEndsAt,
        Instant createdAt,
        @Nullable Instant pairedAt,
        @Nullable Instant lastSeenAt,
        @Nullable Instant revokedAt) {

    /** Whether it can be used. */
    public enum Status {
        /** Waits for its code to be typed in. */
        UNPAIRED,
        ACTIVE,
        REVOKED
    }

    public Status status() {
        if (revokedAt != null) {
            return Status.REVOKED;
        }
        return keyId == null ? Status.UNPAIRED : Status.ACTIVE;
    }
}

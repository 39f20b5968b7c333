package io.ferrypay.merchant.device;

import io.ferrypay.identity.Mode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody who works at a store's tills and has a PIN; nobody of the portal. */
public record Cashier(
        String id,
        String merchantId,
        Mode mode,
        String storeId,
        String name,
        Instant createdAt,
        @Nullable Instant disabledAt) {}

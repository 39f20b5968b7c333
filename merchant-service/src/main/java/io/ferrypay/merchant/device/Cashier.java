package io.ferrypay.merchant.device;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Somebody who works at a store's tills and has a PIN; nobody of the portal. */
public record Cashier(
        String id,
        String merchantId,
        Mode mode,
        String storeId,
        String name,
        Limits limits,
        Instant createdAt,
        @Nullable Instant disabledAt) {

    /**
     * What they may do, in the merchant's currency; null is without a limit. Days are the store's.
     *
     * @param sale the most they may take at once
     * @param dailySales the most they may take in a day
     * @param refund the most they may give back at once
     * @param dailyRefunds the most they may give back in a day
     */
    public record Limits(
            @Nullable Money sale,
            @Nullable Money dailySales,
            @Nullable Money refund,
            @Nullable Money dailyRefunds) {

        public static final Limits NONE = new Limits(null, null, null, null);
    }
}

package io.ferrypay.paymentchannel.staticcode;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A printed code, as merchant-service last told us.
 *
 * @param timeZone of its store: where its day begins
 * @param serial as printed
 * @param link the last part of the address that is printed now
 * @param currency the merchant's, ISO 4217
 * @param fixed the only amount; null when the shopper types it
 * @param least the smallest that may be typed; null for any
 * @param most the largest that may be typed; null for as much as a payment can carry
 * @param perDay how much may come by it in a day; null for no limit
 * @param active whether it can be paid by
 */
record StaticCode(
        String id,
        long version,
        String merchantId,
        Mode mode,
        String storeName,
        ZoneId timeZone,
        String label,
        String serial,
        String link,
        String currency,
        @Nullable Money fixed,
        @Nullable Money least,
        @Nullable Money most,
        @Nullable Money perDay,
        boolean active) {

    /** When the store's day began. */
    Instant startOfDay(Instant now) {
        return now.atZone(timeZone).toLocalDate().atStartOfDay(timeZone).toInstant();
    }

    /** The smallest amount that can be paid by it. */
    long leastMinor() {
        if (fixed != null) {
            return fixed.minorUnits();
        }
        return least == null ? 1 : least.minorUnits();
    }
}

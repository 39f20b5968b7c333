package io.ferrypay.paymentchannel.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which payments or refunds. With a number all else is left aside.
 *
 * @param number ours, a merchant's reference, or a channel's number
 * @param status a wire name
 * @param currency what {@code least} and {@code most} are in; null if there are neither
 * @param leastMinor minor units, included; 0 if there is none
 * @param mostMinor included; {@link Long#MAX_VALUE} if there is none
 * @param from not made before that
 * @param until made before that
 * @param before only those with a smaller id: the cursor
 */
public record Search(
        @Nullable String number,
        @Nullable String merchantId,
        boolean livemode,
        @Nullable String status,
        @Nullable String currency,
        long leastMinor,
        long mostMinor,
        Instant from,
        Instant until,
        @Nullable String before,
        int limit) {}

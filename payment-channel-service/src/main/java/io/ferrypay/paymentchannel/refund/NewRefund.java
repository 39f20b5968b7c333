package io.ferrypay.paymentchannel.refund;

import io.ferrypay.identity.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks for, checked for form and not yet against its payment.
 *
 * @param amount a decimal string; null for all that is left
 * @param reason printable ASCII, 1–60 characters; the payer may see it
 * @param requestedBy the person or key that asks; another person has to agree above a limit
 * @param till where it was asked for by whom; null when it was not at a till
 */
public record NewRefund(
        String merchantId,
        Mode mode,
        String paymentId,
        @Nullable String amount,
        @Nullable String reason,
        @Nullable String note,
        @Nullable String merchantReference,
        @Nullable Till till,
        @Nullable String requestedBy) {

    /** The till and the cashier who answers for it, as the gateway vouches. */
    public record Till(String deviceId, String cashierId) {}
}

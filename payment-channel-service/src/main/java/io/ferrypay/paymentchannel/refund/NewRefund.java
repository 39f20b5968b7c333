package io.ferrypay.paymentchannel.refund;

import io.ferrypay.identity.Mode;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks for, checked for form and not yet against its payment.
 *
 * @param amount a decimal string; null for all that is left
 * @param reason printable ASCII, 1–60 characters; the payer may see it
 */
public record NewRefund(
        String merchantId,
        Mode mode,
        String paymentId,
        @Nullable String amount,
        @Nullable String reason,
        @Nullable String note,
        @Nullable String merchantReference) {}

package io.ferrypay.paymentchannel.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An attempt as the shopper's page needs it. */
public record AttemptView(
        String method,
        String flow,
        AttemptStatus status,
        @Nullable String qrContent,
        @Nullable Instant qrExpiresAt) {}

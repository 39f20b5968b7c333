package io.ferrypay.paymentchannel.payment;

import org.jspecify.annotations.Nullable;

/**
 * What a request under an idempotency key was answered, as it is kept.
 *
 * @param body JSON, without the payment's link
 * @param paymentId the payment it created, if any
 * @param nonceGeneration which of that payment's links is good now; 0 without a payment
 */
record IdempotentAnswer(
        Sha256 fingerprint,
        int status,
        String body,
        @Nullable String paymentId,
        int nonceGeneration) {}

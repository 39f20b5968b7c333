package io.ferrypay.sandbox.jdpay.order;

import org.jspecify.annotations.Nullable;

/**
 * All that counts of what a merchant said when it placed an order. Placing it again with equal
 * terms is the same order.
 *
 * @param amount fen
 * @param expireSeconds how long it lives
 * @param callbackUrl where the browser goes at the end; null for an order paid by scanning
 * @param others the rest of the request, the payer's address left out
 */
public record JdpayTerms(
        String tradeNum,
        String tradeName,
        String tradeTime,
        long amount,
        String note,
        String notifyUrl,
        @Nullable String callbackUrl,
        long expireSeconds,
        String others) {}

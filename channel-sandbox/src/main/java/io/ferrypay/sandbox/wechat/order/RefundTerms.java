package io.ferrypay.sandbox.wechat.order;

import org.jspecify.annotations.Nullable;

/**
 * All a merchant said when it asked for a refund. Asking again with equal terms is the same refund.
 *
 * @param refund what goes back, out of {@code total}, in the smallest unit of {@code currency}
 */
public record RefundTerms(
        String outTradeNo,
        String outRefundNo,
        @Nullable String reason,
        long refund,
        long total,
        String currency,
        @Nullable String notifyUrl) {}

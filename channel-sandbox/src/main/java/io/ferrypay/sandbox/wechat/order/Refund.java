package io.ferrypay.sandbox.wechat.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund at WeChat.
 *
 * @param id WeChat's number for it
 * @param transactionId WeChat's number for the order
 * @param payerTotal what the payer paid for the order, fen
 * @param payerRefund what the payer gets, fen, at the payment's own rate
 * @param rate yuan per unit of the order's currency, times 10^8
 * @param endedAt when its state last changed
 */
public record Refund(
        RefundTerms terms,
        String spMchid,
        String subMchid,
        String id,
        String transactionId,
        long payerTotal,
        long payerRefund,
        long rate,
        RefundStatus status,
        Instant createdAt,
        @Nullable Instant endedAt) {

    public String outRefundNo() {
        return terms.outRefundNo();
    }

    public String outTradeNo() {
        return terms.outTradeNo();
    }

    Refund ended(RefundStatus next, Instant now) {
        if (!status.canBecome(next)) {
            throw new OrderRefused(OrderRefused.Reason.REFUND_ENDED);
        }
        return new Refund(
                terms,
                spMchid,
                subMchid,
                id,
                transactionId,
                payerTotal,
                payerRefund,
                rate,
                next,
                createdAt,
                now);
    }
}

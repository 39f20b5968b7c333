package io.ferrypay.sandbox.jdpay.control;

import io.ferrypay.sandbox.jdpay.order.JdpayCodes;
import io.ferrypay.sandbox.jdpay.order.JdpayOrder;
import io.ferrypay.sandbox.jdpay.order.JdpayRefund;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as tests see it.
 *
 * @param amount fen
 * @param codeUrl what its QR code says, if it has one
 */
record JdpayOrderView(
        String outTradeNo,
        String tradeState,
        long amount,
        String orderId,
        @Nullable String codeUrl,
        Instant createdAt,
        Instant expiresAt,
        String notifyUrl,
        String description,
        String note,
        List<Refund> refunds) {

    /** A refund, or a revocation of a paid order. */
    record Refund(String refundNumber, long amount, String state) {

        static Refund of(JdpayRefund refund) {
            return new Refund(refund.tradeNum(), refund.amount(), refund.state().name());
        }
    }

    static JdpayOrderView of(JdpayOrder order, String base) {
        return new JdpayOrderView(
                order.tradeNum(),
                order.status().name(),
                order.terms().amount(),
                order.orderId(),
                order.code() == null ? null : JdpayCodes.url(base, order.code()),
                order.createdAt(),
                order.expiresAt(),
                order.terms().notifyUrl(),
                order.terms().tradeName(),
                order.terms().note(),
                order.refunds().stream().map(Refund::of).toList());
    }
}

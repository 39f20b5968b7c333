package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundOrder;
import java.net.URI;

/**
 * A refund as {@code POST /v3/global/refunds} takes it. Sent again under one number it is the same
 * refund.
 */
record RefundRequest(
        String spMchid,
        String spAppid,
        String subMchid,
        String outTradeNo,
        String outRefundNo,
        String reason,
        Amount amount,
        URI notifyUrl) {

    /**
     * @param refund goes back, out of {@code total}, in minor units of the order's currency
     */
    record Amount(long refund, long total, String currency) {}

    static RefundRequest of(WechatProperties.Account account, RefundOrder order) {
        return new RefundRequest(
                account.spMchid(),
                account.spAppid(),
                order.payment().subMerchantId(),
                order.payment().orderNumber(),
                order.refundNumber(),
                order.reason(),
                new Amount(
                        order.amount().minorUnits(),
                        order.paid().minorUnits(),
                        order.paid().currency().code()),
                account.notifyUrl());
    }
}

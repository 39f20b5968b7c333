package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.paymentchannel.channel.ChargesPayCodes.PayCodeOrder;

/**
 * A charge as {@code POST /v3/global/micropay/transactions/pay} takes it. It has no {@code
 * notify_url} and no {@code time_expire}: WeChat answers at once, tells nothing later, and is
 * asked.
 */
record MicropayRequest(
        String spMchid,
        String spAppid,
        String subMchid,
        String description,
        String outTradeNo,
        String tradeType,
        String merchantCategoryCode,
        OrderRequest.Amount amount,
        Payer payer) {

    /**
     * @param authCode what the payer's wallet shows
     */
    record Payer(String authCode) {

        @Override
        public String toString() {
            return "Payer[…]";
        }
    }

    static MicropayRequest of(WechatProperties.Account account, PayCodeOrder charge) {
        var order = charge.order();
        var key = order.key();
        return new MicropayRequest(
                account.spMchid(),
                account.spAppid(),
                key.subMerchantId(),
                OrderRequest.description(order.description(), key.orderNumber()),
                key.orderNumber(),
                "MICROPAY",
                order.merchantCategoryCode(),
                new OrderRequest.Amount(key.amount().minorUnits(), key.amount().currency().code()),
                new Payer(charge.code().digits()));
    }

    /** Who pays stays out of logs. */
    @Override
    public String toString() {
        return "MicropayRequest[" + outTradeNo + "]";
    }
}

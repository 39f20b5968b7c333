package io.ferrypay.paymentchannel.channel.wechat;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.OrderKey;
import io.ferrypay.paymentchannel.channel.Payer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One order, as we place it and as WeChat reports it. */
final class SampleOrders {

    static final OrderKey KEY =
            new OrderKey(
                    "wechat_test",
                    "FP01JD000000000000000001",
                    PretendWechat.SUB_MCHID,
                    Flow.QR,
                    new Money(12_000, Currency.of("NZD")),
                    Instant.parse("2026-11-24T04:15:15.987Z"));
    static final Instant EXPIRES = Instant.parse("2026-11-24T04:30:15.987Z");
    static final ChannelOrder ORDER =
            new ChannelOrder(
                    KEY,
                    "5499",
                    "Harbour Honey Co",
                    "Mānuka honey 🍯 500 g",
                    EXPIRES,
                    Payer.UNKNOWN,
                    "https://pay.example/pay/nonce");
    static final String CODE = "{\"code_url\":\"weixin://wxpay/s/An4baqw\"}";

    private SampleOrders() {}

    static WechatChannel channel(WechatAccount account) {
        return new WechatChannel(
                new WechatAccounts(List.of(account)),
                Duration.ofMinutes(1),
                PretendWechat.CHARGES,
                Clock.systemUTC());
    }

    /** The same, paid in another way. */
    static ChannelOrder order(Flow flow, Payer payer) {
        return new ChannelOrder(
                new OrderKey(
                        KEY.accountId(),
                        KEY.orderNumber(),
                        KEY.subMerchantId(),
                        flow,
                        KEY.amount(),
                        KEY.createdAt()),
                ORDER.merchantCategoryCode(),
                ORDER.merchantName(),
                ORDER.description(),
                ORDER.expiresAt(),
                payer,
                ORDER.pageUrl());
    }

    static String paid() {
        return """
        {"sp_mchid":"1900000100","sub_mchid":"1900000109","sp_appid":"wx8888888888888888",
         "out_trade_no":"FP01JD000000000000000001","id":"4200000000202611240000000001","attach":"","trade_type":"NATIVE",
         "bank_type":"CMB_DEBIT","success_time":"2026-11-24T12:20:05+08:00","trade_state":"SUCCESS","trade_state_desc":"支付成功",
         "payer":{"sp_openid":"oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
         "amount":{"total":12000,"currency":"NZD","payer_total":55740,"payer_currency":"CNY",
                   "exchange_rate":{"type":"SETTLEMENT_RATE","rate":464500000}},"promotion_detail":[]}\
        """;
    }

    static String transaction(String state) {
        return """
        {"sp_mchid":"1900000100","sub_mchid":"1900000109","sp_appid":"wx8888888888888888",
         "out_trade_no":"FP01JD000000000000000001","trade_type":"NATIVE","trade_state":"%s","trade_state_desc":"",
         "amount":{"total":12000,"currency":"NZD"}}\
        """
                .formatted(state);
    }
}

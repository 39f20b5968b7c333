package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.order.Terms;
import io.ferrypay.sandbox.wechat.order.TradeType;
import io.ferrypay.sandbox.wechat.wire.WechatCall;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads and judges what a merchant sent to place an order. */
@Component
class NativeOrderRequest {

    private static final long MAX_TOTAL = 1_000_000_000_000L;

    /** Fields that appear in {@link Terms} by name; all others only count for sameness. */
    private static final Set<String> READ =
            Set.of(
                    "sp_mchid",
                    "sp_appid",
                    "sub_mchid",
                    "sub_appid",
                    "out_trade_no",
                    "trade_type",
                    "description",
                    "attach",
                    "notify_url",
                    "merchant_category_code",
                    "time_expire",
                    "amount");

    private final Identity identity;
    private final Pricing pricing;
    private final NotifyUrls notifyUrls;

    NativeOrderRequest(Identity identity, Pricing pricing, NotifyUrls notifyUrls) {
        this.identity = identity;
        this.pricing = pricing;
        this.notifyUrls = notifyUrls;
    }

    /**
     * @throws WechatError 400 or 403 for the first thing that is wrong
     */
    Terms read(WechatCall call) {
        var fields = new Fields(call.body());
        var shop = identity.requireShop(call, fields);
        var subAppid = fields.optionalText("sub_appid", 32);
        identity.requireApp(shop, fields.text("sp_appid", 32), subAppid);
        var outTradeNo = fields.text("out_trade_no", 32);
        if (!outTradeNo.matches("[0-9A-Za-z_\\-|*]+")) {
            throw fields.bad("out_trade_no", "only digits, letters and _ - | * are allowed");
        }
        var tradeType = fields.text("trade_type", 16);
        if (!tradeType.equals(TradeType.NATIVE.name())) {
            throw fields.bad("trade_type", "trade_type does not fit this interface");
        }
        var category = fields.text("merchant_category_code", 32);
        if (!category.matches("[0-9]{4}")) {
            throw fields.bad("merchant_category_code", "an MCC has four digits");
        }
        var limitPay = fields.optionalText("limit_pay", 32);
        if (limitPay != null && !limitPay.equals("no_credit")) {
            throw fields.bad("limit_pay", "only no_credit is known");
        }
        fields.optionalText("goods_tag", 32);
        fields.optionalTime("time_start");
        var amount = new Fields(fields.object("amount"), "/amount");
        var total = amount.integer("total", 1, MAX_TOTAL);
        return new Terms(
                call.mchid(),
                fields.text("sp_appid", 32),
                shop.mchid(),
                subAppid,
                outTradeNo,
                TradeType.NATIVE,
                fields.text("description", 127),
                fields.optionalText("attach", 127),
                notifyUrls.require(fields),
                category,
                fields.optionalTime("time_expire"),
                total,
                pricing.requireCurrency(amount, shop),
                others(call.body()));
    }

    /** Whatever else was sent, in one order of fields, so that equal requests look equal. */
    private static String others(JsonNode body) {
        var others = new TreeMap<String, JsonNode>();
        for (var property : body.properties()) {
            if (!READ.contains(property.getKey())) {
                others.put(property.getKey(), property.getValue());
            }
        }
        return others.isEmpty() ? "" : others.toString();
    }
}

package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.PaidBy;
import io.ferrypay.sandbox.wechat.order.Terms;
import io.ferrypay.sandbox.wechat.order.TradeType;
import io.ferrypay.sandbox.wechat.wire.WechatCall;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads and judges what a merchant sent to place an order. */
@Component
class OrderRequest {

    private static final long MAX_TOTAL = 1_000_000_000_000L;

    /** Digits, dots and colons are enough: nobody looks an address up here. */
    private static final Pattern IP =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

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
                    "amount",
                    "payer");

    private final Identity identity;
    private final Pricing pricing;
    private final NotifyUrls notifyUrls;
    private final boolean allowLocalPayerIp;

    OrderRequest(
            Identity identity,
            Pricing pricing,
            NotifyUrls notifyUrls,
            WechatProperties properties) {
        this.identity = identity;
        this.pricing = pricing;
        this.notifyUrls = notifyUrls;
        this.allowLocalPayerIp = properties.allowLocalPayerIp();
    }

    /**
     * @throws WechatError 400 or 403 for the first thing that is wrong
     */
    Terms read(WechatCall call, TradeType interfaceOf) {
        var fields = new Fields(call.body());
        var shop = identity.requireShop(call, fields);
        var subAppid = fields.optionalText("sub_appid", 32);
        identity.requireApp(shop, fields.text("sp_appid", 32), subAppid);
        var outTradeNo = fields.text("out_trade_no", 32);
        if (!outTradeNo.matches("[0-9A-Za-z_\\-|*]+")) {
            throw fields.bad("out_trade_no", "only digits, letters and _ - | * are allowed");
        }
        var tradeType = fields.text("trade_type", 16);
        if (!tradeType.equals(interfaceOf.name())) {
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
        if (interfaceOf == TradeType.MWEB) {
            checkScene(fields);
        }
        var amount = new Fields(fields.object("amount"), "/amount");
        var total = amount.integer("total", 1, MAX_TOTAL);
        return new Terms(
                call.mchid(),
                fields.text("sp_appid", 32),
                shop.mchid(),
                subAppid,
                outTradeNo,
                interfaceOf,
                fields.text("description", 127),
                fields.optionalText("attach", 127),
                interfaceOf == TradeType.MICROPAY ? "" : notifyUrls.require(fields),
                category,
                fields.optionalTime("time_expire"),
                total,
                pricing.requireCurrency(amount, shop),
                interfaceOf == TradeType.JSAPI ? payer(fields) : null,
                interfaceOf == TradeType.MICROPAY
                        ? others(call.body()) + authCode(call.body())
                        : others(call.body()));
    }

    /** What the payer's wallet showed: another code needs another order number. */
    static String authCode(JsonNode body) {
        var payer = new Fields(new Fields(body).object("payer"), "/payer");
        var code = payer.text("auth_code", 128);
        if (!code.matches("[0-9]{18}")) {
            throw WechatError.of(400, "AUTH_CODE_INVALID", "The code is not valid.");
        }
        return code;
    }

    /** An openid belongs to one app; ours begin alike. */
    private static String payer(Fields fields) {
        var payer = new Fields(fields.object("payer"), "/payer");
        var openid = payer.text("sp_openid", 128);
        if (!openid.startsWith(PaidBy.OPENID_PREFIX)) {
            throw payer.bad("sp_openid", "is not an openid of this sp_appid");
        }
        return openid;
    }

    private void checkScene(Fields fields) {
        var scene = new Fields(fields.object("scene_info"), "/scene_info");
        var ip = scene.text("payer_client_ip", 45);
        if (!IP.matcher(ip).matches()
                || (!allowLocalPayerIp && (ip.startsWith("127.") || ip.equals("::1")))) {
            throw scene.bad("payer_client_ip", "is not the payer's public address");
        }
        var store = new Fields(scene.object("store_info"), "/scene_info/store_info");
        store.text("name", 256);
        store.text("address", 512);
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

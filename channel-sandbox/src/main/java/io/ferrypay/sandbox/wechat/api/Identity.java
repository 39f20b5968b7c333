package io.ferrypay.sandbox.wechat.api;

import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.WechatProperties.SubMerchant;
import io.ferrypay.sandbox.wechat.wire.WechatCall;
import io.ferrypay.sandbox.wechat.wire.WechatError;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Whose order it is. Cross-border orders name either a direct merchant or an institution and its
 * shop, never both; this WeChat knows an institution only.
 */
@Component
class Identity {

    private final WechatProperties properties;

    Identity(WechatProperties properties) {
        this.properties = properties;
    }

    /** The shop a JSON body names. */
    SubMerchant requireShop(WechatCall call, Fields fields) {
        boolean direct = fields.object().has("mchid") || fields.object().has("appid");
        boolean institution = fields.object().has("sp_mchid") || fields.object().has("sub_mchid");
        if (direct && institution) {
            throw WechatError.badInput(
                    "body", "/mchid", "either mchid or sp_mchid with sub_mchid, not both");
        }
        if (direct) {
            throw noAuth("This mchid has no direct mode.");
        }
        return requireShop(call, fields.text("sp_mchid", 32), fields.text("sub_mchid", 32));
    }

    /** The shop a query string names. */
    SubMerchant requireShopOfQuery(
            WechatCall call,
            @Nullable String mchid,
            @Nullable String spMchid,
            @Nullable String subMchid) {
        if (mchid != null && (spMchid != null || subMchid != null)) {
            throw WechatError.badInput(
                    "query", "mchid", "either mchid or sp_mchid with sub_mchid, not both");
        }
        if (mchid != null) {
            throw noAuth("This mchid has no direct mode.");
        }
        if (spMchid == null || subMchid == null) {
            throw WechatError.badInput("query", "sp_mchid", "sp_mchid and sub_mchid are required");
        }
        return requireShop(call, spMchid, subMchid);
    }

    /** The apps must be bound to the institution and the shop. */
    void requireApp(SubMerchant shop, String spAppid, @Nullable String subAppid) {
        if (!spAppid.equals(properties.spAppid())
                || (subAppid != null && !shop.appids().contains(subAppid))) {
            throw WechatError.of(
                    400, "APPID_MCHID_NOT_MATCH", "The appid is not bound to this mchid.");
        }
    }

    private SubMerchant requireShop(WechatCall call, String spMchid, String subMchid) {
        if (!spMchid.equals(call.mchid())) {
            throw noAuth("sp_mchid is not the mchid that signed the request.");
        }
        var shop = properties.subMerchant(subMchid);
        if (shop == null) {
            throw noAuth("sub_mchid does not belong to this sp_mchid.");
        }
        return shop;
    }

    private static WechatError noAuth(String message) {
        return WechatError.of(403, "NO_AUTH", message);
    }
}

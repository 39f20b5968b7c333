package io.ferrypay.sandbox.wechat.wallet;

import io.ferrypay.sandbox.wechat.RsaSignatures;
import io.ferrypay.sandbox.wechat.WechatKeys;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.OrderRefused;
import io.ferrypay.sandbox.wechat.order.Orders;
import io.ferrypay.sandbox.wechat.order.TradeType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a page inside WeChat asks with {@code getBrandWCPayRequest}: is it the merchant's wish? */
@Component
public class PayRequests {

    private static final String ORDER = "prepay_id=";

    private final WechatKeys keys;
    private final WechatProperties properties;
    private final Orders orders;

    PayRequests(WechatKeys keys, WechatProperties properties, Orders orders) {
        this.keys = keys;
        this.properties = properties;
        this.orders = orders;
    }

    /**
     * The order to pay.
     *
     * @throws IllegalArgumentException when the merchant did not sign for exactly this
     * @throws OrderRefused when there is nothing to pay
     */
    public Order verified(Map<String, String> parameters) {
        var appId = parameters.getOrDefault("appId", "");
        var timeStamp = parameters.getOrDefault("timeStamp", "");
        var nonce = parameters.getOrDefault("nonceStr", "");
        var order = parameters.getOrDefault("package", "");
        if (!appId.equals(properties.spAppid())) {
            throw new IllegalArgumentException("appId is not an app of this institution");
        }
        if (!timeStamp.matches("[0-9]{1,12}") || !nonce.matches("[0-9A-Za-z]{1,32}")) {
            throw new IllegalArgumentException("timeStamp or nonceStr is malformed");
        }
        if (!"RSA".equals(parameters.get("signType"))) {
            throw new IllegalArgumentException("signType must be RSA");
        }
        var message = appId + "\n" + timeStamp + "\n" + nonce + "\n" + order + "\n";
        if (!order.startsWith(ORDER)
                || !isSigned(message, parameters.getOrDefault("paySign", ""))) {
            throw new IllegalArgumentException("paySign does not fit");
        }
        var found = orders.scan(order.substring(ORDER.length()));
        if (found.terms().tradeType() != TradeType.JSAPI) {
            throw new OrderRefused(OrderRefused.Reason.NOT_THIS_WAY);
        }
        return found;
    }

    private boolean isSigned(String message, String signature) {
        try {
            return RsaSignatures.verify(
                    keys.merchantKey(),
                    message.getBytes(StandardCharsets.UTF_8),
                    Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

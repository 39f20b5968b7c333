package io.ferrypay.notify.wechatmessage;

import org.jspecify.annotations.Nullable;

/**
 * An official account with its secrets.
 *
 * @param secret never written down
 * @param token by which WeChat signs what it tells; null when there is none
 */
record OfficialAccount(
        WechatMessageSettings.Account settings, String secret, @Nullable String token) {

    String appid() {
        return settings.appid();
    }

    /** Null when the account has none for events of this type. */
    WechatMessageSettings.@Nullable Template templateOf(String type) {
        if (type.startsWith("static_code.")) {
            return settings.alertTemplate();
        }
        return type.startsWith("refund.") ? settings.refundTemplate() : settings.paymentTemplate();
    }

    @Override
    public String toString() {
        return "OfficialAccount[" + appid() + "]";
    }
}

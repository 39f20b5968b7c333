package io.ferrypay.notify.wechatmessage;

/**
 * An official account with its secret.
 *
 * @param secret never written down
 */
record OfficialAccount(WechatMessageSettings.Account settings, String secret) {

    String appid() {
        return settings.appid();
    }

    WechatMessageSettings.Template templateOf(String type) {
        return type.startsWith("refund.") ? settings.refundTemplate() : settings.paymentTemplate();
    }

    @Override
    public String toString() {
        return "OfficialAccount[" + appid() + "]";
    }
}

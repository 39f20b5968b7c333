package io.ferrypay.sandbox.wechat;

/** The folder with WeChat Pay's keys is not there, incomplete or inconsistent. */
class WechatKeysUnusable extends RuntimeException {

    WechatKeysUnusable(String message) {
        super(message);
    }

    WechatKeysUnusable(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.ferrypay.paymentchannel.channel.wechat;

/** What one call to WeChat came to. */
sealed interface WechatAnswer<T> {

    /** Whether WeChat is well: it is when it refuses, too. */
    default boolean isUsable() {
        return switch (this) {
            case Done<T> _, Refused<T> _, Misconfigured<T> _ -> true;
            case NotNow<T> _, Unknown<T> _ -> false;
        };
    }

    /** WeChat did it and signed for it. */
    record Done<T>(T value) implements WechatAnswer<T> {}

    /** WeChat said no, in words we know: the request had no effect. */
    record Refused<T>(WechatError error) implements WechatAnswer<T> {}

    /** Our set-up is wrong (signature, permission, binding); repeating will not help. */
    record Misconfigured<T>(WechatError error) implements WechatAnswer<T> {}

    /** Nothing happened at WeChat; the same request may be sent again later. */
    record NotNow<T>(String why) implements WechatAnswer<T> {}

    /**
     * WeChat may have acted.
     *
     * @param askAgain WeChat itself had trouble and wants the same request once more
     */
    record Unknown<T>(String why, boolean askAgain) implements WechatAnswer<T> {}
}

package io.ferrypay.paymentchannel.channel.wechat;

import org.jspecify.annotations.Nullable;

/** We hold nothing to verify WeChat's answers with, so nothing may be asked of it yet. */
final class PlatformKeyUnavailable extends RuntimeException {

    PlatformKeyUnavailable(String account, @Nullable Throwable cause) {
        super("WeChat Pay account " + account + " has no platform key yet", cause);
    }
}

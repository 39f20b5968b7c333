package io.ferrypay.paymentchannel.merchant;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.ChannelCode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What we need to know about who is paid.
 *
 * @param displayName what payers see
 * @param currency the only one it can be owed, ISO 4217
 */
public record Merchant(
        String id,
        long version,
        String displayName,
        boolean active,
        String currency,
        Set<ChannelCode> allowedMethods,
        LatePaymentPolicy latePaymentPolicy,
        @Nullable WechatMerchant wechatLive,
        @Nullable WechatMerchant wechatTest) {

    /** How WeChat knows a merchant: its number under our institution, and its trade. */
    public record WechatMerchant(String subMerchantId, String categoryCode) {}

    /**
     * How that channel knows the merchant; empty when it cannot be paid through it in that mode.
     */
    public Optional<WechatMerchant> at(ChannelCode channel, Mode mode) {
        if (!allowedMethods.contains(channel)) {
            return Optional.empty();
        }
        return switch (channel) {
            case WECHAT -> Optional.ofNullable(mode == Mode.LIVE ? wechatLive : wechatTest);
        };
    }
}

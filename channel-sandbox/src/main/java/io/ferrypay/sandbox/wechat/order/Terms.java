package io.ferrypay.sandbox.wechat.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All a merchant said when it placed an order. Placing it again with equal terms is the same order.
 *
 * @param total what the shop charges, in the smallest unit of {@code currency}
 * @param timeExpire when the merchant wants the order to end, as sent and as read
 * @param payerOpenid the only one who can pay, with JSAPI
 * @param others the rest of the request as canonical JSON; it only counts for sameness
 */
public record Terms(
        String spMchid,
        String spAppid,
        String subMchid,
        @Nullable String subAppid,
        String outTradeNo,
        TradeType tradeType,
        String description,
        @Nullable String attach,
        String notifyUrl,
        String merchantCategoryCode,
        @Nullable Instant timeExpire,
        long total,
        String currency,
        @Nullable String payerOpenid,
        String others) {}

package io.ferrypay.sandbox.wechat.control;

import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.TradeType;
import io.ferrypay.sandbox.wechat.order.Transaction;
import io.ferrypay.sandbox.wechat.wire.WireJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An order as tests see it.
 *
 * @param transaction what WeChat would answer to a query now
 */
record OrderView(
        String outTradeNo,
        String tradeState,
        @Nullable String codeUrl,
        @Nullable String prepayId,
        Instant codeExpiresAt,
        Instant createdAt,
        Instant expiresAt,
        String notifyUrl,
        String description,
        JsonNode transaction) {

    static OrderView of(Order order) {
        var isNative = order.terms().tradeType() == TradeType.NATIVE;
        return new OrderView(
                order.outTradeNo(),
                order.state().name(),
                isNative ? order.ticket() : null,
                isNative ? null : order.ticket(),
                order.ticketExpiresAt(),
                order.createdAt(),
                order.expiresAt(),
                order.terms().notifyUrl(),
                order.terms().description(),
                WireJson.MAPPER.valueToTree(Transaction.of(order, false)));
    }
}

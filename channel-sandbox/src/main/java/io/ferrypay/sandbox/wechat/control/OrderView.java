package io.ferrypay.sandbox.wechat.control;

import io.ferrypay.sandbox.wechat.order.Order;
import io.ferrypay.sandbox.wechat.order.Transaction;
import io.ferrypay.sandbox.wechat.wire.WireJson;
import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An order as tests see it.
 *
 * @param transaction what WeChat would answer to a query now
 */
record OrderView(
        String outTradeNo,
        String tradeState,
        String codeUrl,
        Instant codeExpiresAt,
        Instant createdAt,
        Instant expiresAt,
        String notifyUrl,
        String description,
        JsonNode transaction) {

    static OrderView of(Order order) {
        return new OrderView(
                order.outTradeNo(),
                order.state().name(),
                order.codeUrl(),
                order.codeExpiresAt(),
                order.createdAt(),
                order.expiresAt(),
                order.terms().notifyUrl(),
                order.terms().description(),
                WireJson.MAPPER.valueToTree(Transaction.of(order, false)));
    }
}

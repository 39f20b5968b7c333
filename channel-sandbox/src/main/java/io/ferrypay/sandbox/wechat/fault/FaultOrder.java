package io.ferrypay.sandbox.wechat.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong from now on.
 *
 * @param api by operation in lower case: {@code certificates}, {@code native}, {@code query},
 *     {@code close}, …, see {@link ApiOperation}
 * @param refund of refunds
 * @param appliesTo the merchant's number of the one order meant, or a code that a wallet shows, for
 *     the order that it will be charged for; or null for all without faults of their own
 */
public record FaultOrder(
        @Nullable NotificationFaults notification,
        @Nullable Map<String, ApiFaults> api,
        @Nullable RefundFaults refund,
        @Nullable String appliesTo) {}

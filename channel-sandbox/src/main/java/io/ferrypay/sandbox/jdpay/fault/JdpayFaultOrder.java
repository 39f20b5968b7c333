package io.ferrypay.sandbox.jdpay.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong from now on.
 *
 * @param api by operation in lower case: {@code uniorder}, {@code query}, {@code query_refund},
 *     {@code refund}, {@code revoke}, {@code bill}
 * @param holdRefunds whether refunds stay under way until {@code /refunds/…/succeed} or {@code
 *     fail}
 * @param appliesTo the merchant's number of the one order meant, or null for all without faults of
 *     their own
 */
public record JdpayFaultOrder(
        @Nullable JdpayNotificationFaults notification,
        @Nullable Map<String, JdpayApiFaults> api,
        boolean holdRefunds,
        @Nullable String appliesTo) {}

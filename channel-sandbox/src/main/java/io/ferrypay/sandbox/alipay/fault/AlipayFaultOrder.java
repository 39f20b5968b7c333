package io.ferrypay.sandbox.alipay.fault;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong from now on.
 *
 * @param api by operation in lower case, see {@link GatewayOperation}
 * @param refunds {@code wait} leaves refunds open until somebody ends them; {@code refuse} says
 *     that the payment is too old for one
 * @param statement what the reconciliation file gets wrong
 * @param appliesTo the one order meant, or a code that a wallet shows, for the order that it will
 *     be charged for; or null for all without faults of their own
 */
public record AlipayFaultOrder(
        @Nullable NoticeFaults notification,
        @Nullable Map<String, GatewayFaults> api,
        @Nullable String refunds,
        @Nullable StatementFaults statement,
        @Nullable String appliesTo) {

    /**
     * @param missing order or refund numbers that are left out
     * @param otherAmount numbers whose amount is one unit higher
     * @param extra lines about payments that never were
     */
    public record StatementFaults(
            @Nullable List<String> missing, @Nullable List<String> otherAmount, int extra) {

        static final StatementFaults NONE = new StatementFaults(List.of(), List.of(), 0);

        public boolean misses(String number) {
            return missing != null && missing.contains(number);
        }

        public boolean changes(String number) {
            return otherAmount != null && otherAmount.contains(number);
        }
    }
}

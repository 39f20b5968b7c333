package io.ferrypay.sandbox.payease;

import org.jspecify.annotations.Nullable;

/** How much the pretended banks let through; the real limits are each customer's own. */
@FunctionalInterface
interface Limits {

    /**
     * @param paidToday fen that have been paid at that bank since midnight in Beijing, by anybody:
     *     the sandbox knows one customer
     */
    boolean allow(@Nullable Bank bank, long fen, long paidToday);
}

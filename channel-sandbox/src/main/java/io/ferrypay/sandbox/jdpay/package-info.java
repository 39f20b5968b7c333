/**
 * JD Pay's "paygate" (its second generation) as a client sees it, under {@code /jdpay}: cashier
 * pages, QR orders, queries, refunds, revocations, notifications, the browser's way back, bills.
 *
 * <p>There are no magic amounts: they would hide mistakes between fen and yuan. What goes wrong is
 * ordered by {@code POST /control/jdpay/faults}. Error codes begin with {@code SIM}, for JD's own
 * are not public; nobody may depend on them against the live service.
 */
@NullMarked
package io.ferrypay.sandbox.jdpay;

import org.jspecify.annotations.NullMarked;

/**
 * A pretended Alipay with the cross-border {@code gateway.do}: cashier pages, transaction codes,
 * queries, refunds, notifications, rates and the reconciliation file.
 *
 * <p>Ours and not Alipay's: an order whose amount ends in 13 is refused by the payer's risk check
 * ({@code RISK_REJECT}), in 17 for want of money ({@code USER_BALANCE_NOT_ENOUGH}), and in 29 stays
 * unpaid whatever the payer does. Yuan are rounded half up. A trade exists, as on the real side,
 * once the payer's browser has been shown the cashier or the code was opened; until then a query
 * answers {@code TRADE_NOT_EXIST}. Placing a code again under its number with equal terms gives the
 * same code. The HTTP reconciliation file holds both kinds of orders, with a fee of one per cent.
 */
@NullMarked
package io.ferrypay.sandbox.alipay;

import org.jspecify.annotations.NullMarked;

package io.ferrypay.sandbox.wechat.order;

import java.time.Instant;

/**
 * Money that left a payer's wallet.
 *
 * @param id WeChat's order number, 28 digits
 * @param payerTotal fen
 * @param rate yuan per unit of the order's currency, times 10^8
 */
public record Payment(String id, Instant at, PaidBy by, long payerTotal, long rate) {}

package io.ferrypay.sandbox.alipay.order;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Money that left a payer's account.
 *
 * @param yuan what they paid
 * @param rate yuan per unit of the order's currency
 */
public record AlipayPayment(Instant at, BigDecimal yuan, BigDecimal rate) {}

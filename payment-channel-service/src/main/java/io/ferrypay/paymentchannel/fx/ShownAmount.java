package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * About what a payer will pay, to be shown and never charged.
 *
 * @param amount in the payer's currency, rounded half up
 * @param rate payer currency per unit of the merchant's currency
 * @param asOf when the rate was last known to be right
 * @param source who said so
 */
public record ShownAmount(Money amount, BigDecimal rate, Instant asOf, String source) {}

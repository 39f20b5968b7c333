package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * What a payer is charged where the channel takes yuan only, and how we came to it.
 *
 * @param yuan {@code amount × rate × (1 + margin)}, rounded up to the fen: it always buys back the
 *     merchant's amount at {@code rate}
 * @param rate yuan per unit of the merchant's currency, before the margin
 * @param margin ours on top, as a fraction: 0.01 is one per cent
 * @param asOf when the rate was made
 * @param source who made it
 */
public record YuanCharge(
        Money yuan, BigDecimal rate, BigDecimal margin, Instant asOf, String source) {

    private static final int RATE_DECIMALS = 10;

    /** Yuan per unit as the payer feels it: with the margin, rounded up. */
    public BigDecimal payerRate() {
        return withMargin(rate, margin);
    }

    static BigDecimal withMargin(BigDecimal rate, BigDecimal margin) {
        return rate.multiply(BigDecimal.ONE.add(margin)).setScale(RATE_DECIMALS, RoundingMode.UP);
    }
}

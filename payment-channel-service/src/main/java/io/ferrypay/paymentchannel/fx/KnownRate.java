package io.ferrypay.paymentchannel.fx;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * What a source says a currency is worth.
 *
 * @param source an account id, {@code operator} or {@code configured}
 * @param currency ISO 4217
 * @param yuanPerUnit yuan for one major unit of it
 * @param asOf when the source made it
 */
public record KnownRate(String source, String currency, BigDecimal yuanPerUnit, Instant asOf) {

    boolean isFresh(Instant now, Duration staleAfter) {
        return asOf.plus(staleAfter).isAfter(now);
    }
}

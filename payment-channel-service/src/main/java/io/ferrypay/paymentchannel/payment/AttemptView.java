package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.Offer;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as the shopper's page needs it.
 *
 * @param offer what the page is to do now; null when there is nothing to do, and for a form, which
 *     is not kept
 * @param offerKind {@code qr}, {@code redirect}, {@code form} or {@code wallet_call}
 * @param charged what the channel was told
 * @param frozenRate by which we converted; null where the channel converts
 */
public record AttemptView(
        PaymentMethod method,
        Flow flow,
        @Nullable String bankCode,
        AttemptStatus status,
        @Nullable Offer offer,
        @Nullable String offerKind,
        @Nullable Instant offerExpiresAt,
        Money charged,
        @Nullable FrozenRate frozenRate) {

    /** Yuan per unit of the payment's currency, our margin included. */
    public record FrozenRate(BigDecimal rate, Instant asOf, String source) {}
}

package io.ferrypay.paymentchannel.fx;

import io.ferrypay.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A promise of a rate for one payment.
 *
 * @param amount what the merchant is to be owed
 * @param charge what the payer is charged for it, where we convert
 * @param paymentId which payment it was used for, if it was
 */
public record Quote(
        String id,
        Money amount,
        YuanCharge charge,
        Instant createdAt,
        Instant expiresAt,
        @Nullable String paymentId) {}

package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A payment as whoever refunds it needs it.
 *
 * @param left what has neither gone back nor is on its way
 * @param payerAmount what the payer paid, if the channel told
 * @param order which of its orders was paid; null when none was, or not for this payment
 */
public record RefundablePayment(
        String id,
        PaymentStatus status,
        Money amount,
        Money left,
        @Nullable Money payerAmount,
        @Nullable String notifyUrl,
        @Nullable PaidOrder order) {}

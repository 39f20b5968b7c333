package io.ferrypay.paymentchannel.payment;

import org.jspecify.annotations.Nullable;

/** What else must hold for a payment to be made. */
@FunctionalInterface
public interface Condition {

    /**
     * Asked in the transaction that makes the payment, so that locks taken here hold until it is
     * made.
     *
     * @return why not, in a word of the asker's; null when nothing stands against it
     */
    @Nullable String refusal();
}

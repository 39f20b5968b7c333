package io.ferrypay.paymentchannel.merchant;

/** What a merchant wants done with money that arrives after its payment had ended. */
public enum LatePaymentPolicy {
    /** Take it: the payment becomes paid after all. */
    ACCEPT,
    /** Give it back. */
    REFUND
}

package io.ferrypay.merchant.merchant;

/** What a merchant wants done with money that arrives after its payment expired or was canceled. */
public enum LatePaymentPolicy {
    ACCEPT,
    REFUND
}

package io.ferrypay.merchant.merchant;

/** Whether a merchant may take payments. */
public enum MerchantStatus {
    ACTIVE,
    SUSPENDED
}

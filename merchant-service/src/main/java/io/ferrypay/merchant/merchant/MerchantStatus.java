package io.ferrypay.merchant.merchant;

/** Whether a merchant may take payments. */
public enum MerchantStatus {
    /** In test mode only: signed up, and not approved yet. */
    DRAFT,
    ACTIVE,
    SUSPENDED
}

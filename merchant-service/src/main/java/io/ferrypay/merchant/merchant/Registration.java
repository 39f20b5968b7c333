package io.ferrypay.merchant.merchant;

/**
 * How a channel knows a merchant.
 *
 * @param subMerchantId its number under our institution, up to 32 characters
 * @param categoryCode four-digit merchant category code (ISO 18245)
 */
public record Registration(String subMerchantId, String categoryCode) {

    public Registration {
        if (!subMerchantId.matches("[0-9A-Za-z]{1,32}")) {
            throw new IllegalArgumentException("sub_merchant_id has 1 to 32 letters and digits");
        }
        if (!categoryCode.matches("[0-9]{4}")) {
            throw new IllegalArgumentException("category_code has four digits");
        }
    }
}

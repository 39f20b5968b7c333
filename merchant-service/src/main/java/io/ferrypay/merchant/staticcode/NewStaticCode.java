package io.ferrypay.merchant.staticcode;

/**
 * What a merchant asks of a new code.
 *
 * @param storeId where it will hang
 * @param label as shoppers and staff see it, such as {@code Counter 1}
 * @param currency the merchant's, ISO 4217
 */
public record NewStaticCode(String storeId, String label, String currency, CodeAmounts amounts) {}

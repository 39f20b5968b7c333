package io.ferrypay.merchant.merchant;

import java.util.List;

/**
 * What may be said, and changed, about a merchant.
 *
 * @param name legal name
 * @param displayName what shoppers see
 * @param country ISO 3166 code
 * @param currency the currency it prices and is settled in
 */
public record MerchantDetails(
        String name,
        String displayName,
        String country,
        String currency,
        List<String> allowedMethods,
        LatePaymentPolicy latePaymentPolicy,
        Registrations registrations) {

    public MerchantDetails {
        allowedMethods = List.copyOf(allowedMethods);
    }
}

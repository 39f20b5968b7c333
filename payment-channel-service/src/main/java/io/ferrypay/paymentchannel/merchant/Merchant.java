package io.ferrypay.paymentchannel.merchant;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What we need to know about who is paid.
 *
 * @param displayName what payers see
 * @param currency the only one it can be owed, ISO 4217
 * @param live how channels know it where money moves
 * @param test how they know it in the sandbox
 */
public record Merchant(
        String id,
        long version,
        String displayName,
        boolean active,
        String currency,
        Set<PaymentMethod> allowedMethods,
        LatePaymentPolicy latePaymentPolicy,
        Map<PaymentMethod, Registration> live,
        Map<PaymentMethod, Registration> test) {

    /** How a channel knows a merchant: its number under our institution, and its trade. */
    public record Registration(String subMerchantId, String categoryCode) {}

    /**
     * How the channel behind that method knows the merchant; empty when it cannot be paid that way
     * in that mode.
     */
    public Optional<Registration> at(PaymentMethod method, Mode mode) {
        if (!allowedMethods.contains(method)) {
            return Optional.empty();
        }
        return Optional.ofNullable((mode == Mode.LIVE ? live : test).get(method));
    }
}

package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks for, checked for form and not yet against what its merchant may do.
 *
 * @param allowedMethods empty for all the merchant has
 * @param fxQuote a promise of a rate, to be used for this payment
 * @param staticCode the printed code it came by, if it did
 * @param till that asked for it, if one did
 */
public record NewPayment(
        String merchantId,
        Mode mode,
        String merchantReference,
        Money amount,
        String productName,
        @Nullable String description,
        String returnUrl,
        @Nullable String cancelUrl,
        @Nullable String notifyUrl,
        Duration expiresIn,
        @Nullable String locale,
        Set<PaymentMethod> allowedMethods,
        @Nullable String payerIp,
        @Nullable String payerUserAgent,
        @Nullable String payerEmail,
        @Nullable String fxQuote,
        Map<String, String> metadata,
        @Nullable String staticCode,
        @Nullable Till till) {

    /** Which till asked for it, and where that stands. */
    public record Till(String deviceId, String storeId) {}
}

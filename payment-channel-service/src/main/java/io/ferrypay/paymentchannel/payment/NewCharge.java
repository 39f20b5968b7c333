package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.PayCode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shop asks to be paid by a code it has scanned, checked for form.
 *
 * @param productName what the payer sees; null for the merchant's name
 * @param code goes to the channel and is kept nowhere
 * @param till that scanned it, if one did
 */
public record NewCharge(
        String merchantId,
        Mode mode,
        String merchantReference,
        Money amount,
        PayCode code,
        @Nullable String productName,
        @Nullable String description,
        @Nullable String notifyUrl,
        Map<String, String> metadata,
        NewPayment.@Nullable Till till) {}

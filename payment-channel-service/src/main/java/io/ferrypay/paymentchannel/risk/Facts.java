package io.ferrypay.paymentchannel.risk;

import io.ferrypay.money.Money;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a payment when it is looked at. Where method, channel, payer or address are null
 * they are not known; where store, printed code or device are null there is none.
 *
 * @param method the wallet or bank, if there is one choice only
 * @param channel by which the money came
 * @param storeId of the till that asked for it, {@code sto_…}
 * @param staticCode the printed code it came by
 * @param deviceId the till that asked for it
 * @param payer who pays, as a hash of what the wallet calls them; the same at every merchant
 * @param ip the payer's address: never told to anybody
 */
public record Facts(
        Stage stage,
        String merchantId,
        boolean livemode,
        Money amount,
        @Nullable String method,
        @Nullable String channel,
        Instant at,
        @Nullable String storeId,
        @Nullable String staticCode,
        @Nullable String deviceId,
        @Nullable String payer,
        @Nullable String ip) {

    /** When a payment is looked at. */
    public enum Stage {
        /** It is about to be made. */
        CREATION,
        /** The payer has paid. */
        SUCCESS;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public String toString() {
        return "Facts[" + stage + " " + merchantId + "]"; // The rest may be personal.
    }
}

package io.ferrypay.paymentchannel.refund;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a refund in {@link RefundStatus#PENDING_APPROVAL} waits for; asked in this order. */
public enum WaitsFor {
    /** Another person of the merchant, above the merchant's own limit. */
    MERCHANT,
    /** Our staff, above our limit. */
    PLATFORM,
    /** The merchant owes us more than we owe it. */
    BALANCE;

    /** The name on the wire and in tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static WaitsFor ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

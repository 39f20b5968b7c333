package io.ferrypay.paymentchannel.refund;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose idea a refund was. */
public enum RefundKind {
    /** The merchant's. */
    REQUESTED,
    /** Ours: the money came in although its payment did not need it. */
    SURPLUS;

    /** The name on the wire and in tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RefundKind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

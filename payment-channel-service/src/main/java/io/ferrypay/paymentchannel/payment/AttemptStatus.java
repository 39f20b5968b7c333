package io.ferrypay.paymentchannel.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where one order at a channel stands. */
public enum AttemptStatus {
    /** Our number exists; the channel may or may not have heard of it. */
    OPENING,
    /** The payer is shown how to pay. */
    READY,
    /** A newer attempt took its place; it is still payable until the channel has closed it. */
    REPLACED,
    CLOSED,
    /** The channel cannot close it and nobody should pay it any more; it is asked about a while. */
    LAPSED,
    DECLINED,
    /** The channel would not take the order. */
    REFUSED,
    PAID,
    /** Paid although the payment did not need it: owed back. */
    SURPLUS,
    /**
     * A charge by a pay code that we have decided to take back: paid or not, until that is proven.
     */
    REVERSING,
    /** Taken back: nobody has paid it, or all of the money went back by the reverse. */
    REVERSED;

    /** The name on the wire and in tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AttemptStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As far as we know somebody could pay it now. */
    boolean mayBePaid() {
        return this == OPENING || this == READY || this == REPLACED || this == REVERSING;
    }

    /** The one the payer is offered. */
    boolean isOffered() {
        return this == OPENING || this == READY;
    }

    boolean tookMoney() {
        return this == PAID || this == SURPLUS;
    }
}

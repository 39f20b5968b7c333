package io.ferrypay.paymentchannel.refund;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** Where a refund stands, as its merchant sees it. */
public enum RefundStatus {
    /** Somebody has to agree first, or the balance does not allow it yet: see {@link WaitsFor}. */
    PENDING_APPROVAL,
    PENDING,
    SUCCEEDED,
    FAILED;

    /** The name on the wire and in tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The status of that wire name, if there is one. */
    public static Optional<RefundStatus> ofWireName(String name) {
        for (var status : values()) {
            if (status.wireName().equals(name)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    boolean isEnd() {
        return this == SUCCEEDED || this == FAILED;
    }
}

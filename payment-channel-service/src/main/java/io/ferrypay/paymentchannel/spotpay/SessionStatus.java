package io.ferrypay.paymentchannel.spotpay;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a session stands, as whoever is at the till has to know it. */
enum SessionStatus {
    /** The code is shown and nobody has scanned it, as far as we know. */
    WAITING_SCAN,
    SCANNED,
    /** The wallet has it and waits for its user or the bank. */
    PROCESSING,
    PAID,
    /** The wallet or bank said no; the shopper may try again until the session is canceled. */
    FAILED,
    EXPIRED,
    CANCELED,
    /**
     * It should be over, and no channel has vouched that nobody paid or still can: it is asked
     * again and again, and the shopper must not be charged another time before it is known.
     */
    UNKNOWN;

    /** The lower-case name. */
    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Nothing more is expected to happen by itself. */
    boolean isOver() {
        return switch (this) {
            case PAID, FAILED, EXPIRED, CANCELED -> true;
            case WAITING_SCAN, SCANNED, PROCESSING, UNKNOWN -> false;
        };
    }
}

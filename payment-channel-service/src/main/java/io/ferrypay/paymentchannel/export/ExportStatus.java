package io.ferrypay.paymentchannel.export;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where an export stands. */
public enum ExportStatus {
    WAITING,
    RUNNING,
    /** The file is whole and can be fetched. */
    READY,
    FAILED,
    CANCELED,
    /** The file has been deleted. */
    EXPIRED;

    /** The name on the wire and in tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ExportStatus ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Something is still to be written. */
    public boolean isUnderWay() {
        return this == WAITING || this == RUNNING;
    }
}

package io.ferrypay.paymentchannel.spotpay;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Who shows the code that the other one scans. */
enum ShownBy {
    SHOP,
    /** The till charges what it scanned in the shopper's wallet. */
    SHOPPER;

    /** The lower-case name, on the wire and in tables. */
    @JsonValue
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ShownBy ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

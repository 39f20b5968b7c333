package io.ferrypay.paymentchannel.export;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/** What is in the file. */
public enum ExportKind {
    PAYMENTS,
    REFUNDS;

    /** The name on the wire and in tables. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that wire name, if there is one. */
    public static Optional<ExportKind> ofWireName(String name) {
        for (var kind : values()) {
            if (kind.wireName().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

package io.ferrypay.tradeadmin.pricing;

import java.util.Locale;
import java.util.Optional;

/** What a price list is about. */
public enum PriceKind {
    /** What a merchant pays for a payment; by merchant. */
    FEE,
    /** What we put on top of a rate where a channel takes yuan only; by tier of merchants. */
    MARGIN;

    /** The name on the wire and in tables, such as {@code fee}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<PriceKind> ofWireName(String name) {
        for (var kind : values()) {
            if (kind.wireName().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}

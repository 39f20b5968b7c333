package io.ferrypay.reconcile.convert;

import java.util.OptionalLong;

/** Our own amounts, to tell which unit a file counts in. */
@FunctionalInterface
public interface KnownAmounts {

    KnownAmounts NONE = (_, _) -> OptionalLong.empty();

    /** In minor units; empty when we know no such order in that currency. */
    OptionalLong minorUnits(String orderNumber, String currency);
}

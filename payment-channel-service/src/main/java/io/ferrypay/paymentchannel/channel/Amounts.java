package io.ferrypay.paymentchannel.channel;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.money.UnknownCurrency;
import org.jspecify.annotations.Nullable;

/** Amounts as channels tell them. */
public final class Amounts {

    private Amounts() {}

    /** For display; null when it was not told, or not readably. */
    public static @Nullable Money told(@Nullable Long minorUnits, @Nullable String currency) {
        if (minorUnits == null || currency == null) {
            return null;
        }
        try {
            return new Money(minorUnits, Currency.of(currency));
        } catch (UnknownCurrency _) {
            return null;
        }
    }
}

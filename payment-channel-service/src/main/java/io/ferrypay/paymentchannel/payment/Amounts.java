package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;

/** Money as two columns. */
final class Amounts {

    private Amounts() {}

    static Money of(long minorUnits, String currency) {
        return new Money(minorUnits, Currency.of(currency));
    }
}

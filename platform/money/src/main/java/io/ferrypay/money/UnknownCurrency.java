package io.ferrypay.money;

/** A currency code that is not in our table. */
public final class UnknownCurrency extends IllegalArgumentException {

    public UnknownCurrency(String code) {
        super("Not a currency we know: " + (code.length() > 8 ? code.substring(0, 8) + "…" : code));
    }
}

package io.ferrypay.tradeadmin.settlement;

/** Nobody has told us the holidays of that year, so we do not know when banks work in it. */
final class YearUnknown extends RuntimeException {

    YearUnknown(String calendar, int year) {
        super("The holidays of " + year + " in " + calendar + " are not known", null, false, false);
    }
}

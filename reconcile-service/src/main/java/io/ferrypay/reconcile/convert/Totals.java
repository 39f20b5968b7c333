package io.ferrypay.reconcile.convert;

/** What a file says of itself. */
final class Totals {

    private static final int MOST_SHOWN = 40;

    private Totals() {}

    /** A stated total, without what a console or a log would act on. */
    static String shown(String stated) {
        var plain = stated.replaceAll("[^0-9A-Za-z.,-]", "?");
        return plain.length() <= MOST_SHOWN ? plain : plain.substring(0, MOST_SHOWN);
    }
}

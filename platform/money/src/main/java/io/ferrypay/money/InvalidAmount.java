package io.ferrypay.money;

/** Text that is not an amount of its currency. The reason is a stable code for machines. */
public final class InvalidAmount extends IllegalArgumentException {

    /** Why the text was refused. */
    public enum Reason {
        /**
         * Not a plain decimal number: a sign, spaces, an exponent, digit grouping, or no number at
         * all.
         */
        MALFORMED,
        /** More or fewer decimals than the currency has. */
        WRONG_DECIMALS,
        /** More than {@link Money#MOST_DIGITS} digits. */
        TOO_LARGE
    }

    private final Reason reason;

    InvalidAmount(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

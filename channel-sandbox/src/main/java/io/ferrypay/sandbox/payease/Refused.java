package io.ferrypay.sandbox.payease;

/** What was asked is not possible; {@code getMessage} is in Payease's words. */
class Refused extends RuntimeException {

    static final String INVALID_ORDER = "Invalid order number";
    static final String NOT_PAYABLE = "The order cannot be paid";

    Refused(String words) {
        super(words, null, false, false);
    }

    String words() {
        return String.valueOf(getMessage());
    }

    boolean isUnknownOrder() {
        return words().equals(INVALID_ORDER);
    }
}

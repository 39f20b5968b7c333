package io.ferrypay.paymentchannel.refund;

import java.util.Locale;

/** What a channel may know of a refund. */
enum Submission {
    /** Nothing: it was never asked, or has said that it did nothing. */
    WAITING,
    /** It is being asked at this moment, or was when we were killed. */
    ASKING,
    /** It was asked and has not answered in a way we can use. */
    UNSURE,
    /** It has it, and works on it. */
    ACCEPTED;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Submission ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}

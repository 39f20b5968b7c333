package io.ferrypay.reconcile.load;

import java.util.Locale;

/** How far the statement of an account and a day has come. */
public enum StatementState {
    /** The day, or the channel's time to make its file, is not over. */
    NOT_DUE,
    /** The channel should have it, and does not yet. */
    NOT_READY,
    /** The channel says that nothing happened. */
    EMPTY_DAY,
    DOWNLOADED,
    /** What came was not what the channel, or who handed it in, had said it would be. */
    BAD_HASH,
    CONVERTED,
    /** The file as a whole cannot be read. */
    REFUSED,
    /** Its lines and our records were laid side by side. */
    COMPARED,
    /** Nothing that differs is open. */
    CLOSED;

    String stored() {
        return name().toLowerCase(Locale.ROOT);
    }

    static StatementState ofStored(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}

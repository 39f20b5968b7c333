package io.ferrypay.events;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a feed: the transaction and the position of the last row seen, written {@code
 * epoch.txid-position.mark}.
 *
 * @param epoch the life of the outbox in which the row was seen; null at the beginning, and in
 *     cursors of a time when outboxes had no epochs
 * @param mark tells the row from another one that got the same numbers after a restore; null
 *     exactly when the epoch is
 */
record Cursor(@Nullable String epoch, long txid, long position, @Nullable String mark) {
    static final Cursor START = new Cursor(null, 0, 0, null);

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{1,19})-(\\d{1,19})|([0-9a-f]{12})\\.(\\d{1,19})-(\\d{1,19})\\.([0-9a-f]{1,8})");

    /** The place right after the row with this event. */
    static Cursor after(String epoch, long txid, long position, String eventId) {
        return new Cursor(epoch, txid, position, mark(eventId));
    }

    /**
     * @throws IllegalArgumentException if the text is not a cursor
     */
    static Cursor parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a cursor");
        }
        return parts.group(1) != null
                ? new Cursor(
                        null, Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), null)
                : new Cursor(
                        parts.group(3),
                        Long.parseLong(parts.group(4)),
                        Long.parseLong(parts.group(5)),
                        parts.group(6));
    }

    /** Whether the row that now has this cursor's numbers is the one it was made of. */
    boolean isOf(String eventId) {
        return mark == null || mark.equals(mark(eventId));
    }

    /** Enough to tell two events apart that follow each other in one place; not to find one. */
    private static String mark(String eventId) {
        return Integer.toHexString(eventId.hashCode());
    }

    @Override
    public String toString() {
        var place = txid + "-" + position;
        return epoch == null ? place : epoch + "." + place + "." + mark;
    }
}

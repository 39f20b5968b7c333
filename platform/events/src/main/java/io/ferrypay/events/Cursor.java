package io.ferrypay.events;

import java.util.regex.Pattern;

/**
 * A place in a feed: the transaction and the position of the last row seen, written {@code
 * txid-position}.
 */
record Cursor(long txid, long position) {
    static final Cursor START = new Cursor(0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,19})-(\\d{1,19})");

    /**
     * @throws IllegalArgumentException if the text is not a cursor
     */
    static Cursor parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a cursor");
        }
        return new Cursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    @Override
    public String toString() {
        return txid + "-" + position;
    }
}

package io.ferrypay.tradeadmin.ledger;

import java.util.Locale;
import java.util.Optional;

/** A set of accounts that has nothing to do with the other: test money never meets live money. */
public enum Book {
    TEST,
    LIVE;

    public static Book of(boolean livemode) {
        return livemode ? LIVE : TEST;
    }

    /** The name on the wire and in tables, such as {@code live}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Book> ofWireName(String name) {
        for (var book : values()) {
            if (book.wireName().equals(name)) {
                return Optional.of(book);
            }
        }
        return Optional.empty();
    }
}

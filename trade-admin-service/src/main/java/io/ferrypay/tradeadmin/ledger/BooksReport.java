package io.ferrypay.tradeadmin.ledger;

import java.time.Instant;
import java.util.List;

/**
 * What a check of the books found.
 *
 * @param checkedAt when it began; it sees the books of that moment
 * @param checks everything that must hold, and what was looked at; all of them, found or not
 */
public record BooksReport(Instant checkedAt, List<Head> heads, List<Check> checks) {

    /** Most examples told of one check; all are counted. */
    static final int MOST_EXAMPLES = 10;

    /**
     * The end of a book's chain. Kept elsewhere, it proves later that nothing before it was
     * changed.
     *
     * @param hash in hexadecimal
     */
    public record Head(String book, long journals, String hash) {}

    /**
     * @param rule what must hold, as a stable name
     * @param looked at how many things
     * @param violations how many of them break the rule
     * @param examples the first of these
     */
    public record Check(String rule, long looked, long violations, List<String> examples) {}

    public BooksReport {
        heads = List.copyOf(heads);
        checks = List.copyOf(checks);
    }

    public long violations() {
        return checks.stream().mapToLong(Check::violations).sum();
    }
}

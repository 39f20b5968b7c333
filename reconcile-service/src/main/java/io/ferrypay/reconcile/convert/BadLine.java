package io.ferrypay.reconcile.convert;

import org.jspecify.annotations.Nullable;

/**
 * A line of a statement that could not be read. Its text is not copied, since it may name a payer:
 * the stored file has it.
 *
 * @param number of the line, as {@link BillLine#number}
 * @param offset where it begins in its file, or in its file of a ZIP, in bytes
 * @param bytes how long it is
 * @param column which column is to blame, if it is one, in the channel's order from 0
 */
public record BadLine(
        long number, long offset, long bytes, Reason reason, @Nullable Integer column) {

    /** Why it could not be read. The names are stored. */
    public enum Reason {
        TOO_LONG,
        WRONG_ENCODING,
        COLUMN_COUNT,
        OPEN_QUOTE,
        /** Not begun with the channel's mark of a record. */
        NO_RECORD,
        /** A record below the totals, where none should be. */
        AFTER_END,
        WRONG_REFERENCE,
        WRONG_AMOUNT,
        WRONG_CURRENCY,
        WRONG_RATE,
        WRONG_TIME,
        UNKNOWN_TYPE,
        UNKNOWN_STATUS
    }
}

package io.ferrypay.reconcile.convert;

import java.math.BigInteger;
import java.util.List;

/** What came of reading a statement. */
public sealed interface Conversion {

    /**
     * Read to its end.
     *
     * @param lines how many became bill lines
     * @param bad how many look like records, or like nothing known, and could not be read
     * @param aside headings, blank lines, totals and marks: every line of the file is in exactly
     *     one of the three
     * @param sums what the bill lines come to
     * @param totals where the file's own totals disagree with its lines
     */
    record Converted(long lines, long bad, long aside, List<Sum> sums, List<TotalDifference> totals)
            implements Conversion {

        public Converted {
            sums = List.copyOf(sums);
            totals = List.copyOf(totals);
        }
    }

    /** The file as a whole is of no use. */
    record Refused(Reason reason) implements Conversion {}

    enum Reason {
        NO_HEADINGS,
        /** It lacks its mark of the end, or a ZIP breaks off. */
        INCOMPLETE,
        /** Nothing tells whether amounts are in whole or minor units. */
        UNIT_UNKNOWN,
        NOT_A_ZIP,
        TOO_MANY_FILES,
        TOO_LARGE
    }

    /**
     * @param amountMinor in minor units of {@code currency}; ten million lines may exceed a {@code
     *     long}
     */
    record Sum(BillLine.Kind kind, String currency, long lines, BigInteger amountMinor) {}

    /** A total that the file states, as it states it, beside what its lines come to. */
    record TotalDifference(String total, String theirs, String ours) {}
}

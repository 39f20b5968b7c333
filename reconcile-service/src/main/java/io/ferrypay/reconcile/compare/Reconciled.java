package io.ferrypay.reconcile.compare;

import io.ferrypay.reconcile.load.StatementState;
import org.jspecify.annotations.Nullable;

/** What came of reconciling a day. */
public sealed interface Reconciled {

    /**
     * All of it was compared. Lines are matched, differing, carried or bad.
     *
     * @param version of the comparison, from 1
     * @param added differences that the run before did not have
     * @param gone differences that only the run before had
     * @param closed whether nothing is open on that day
     */
    record Compared(
            int version,
            long lines,
            long matched,
            long differing,
            long carried,
            long bad,
            long records,
            long added,
            long gone,
            boolean closed)
            implements Reconciled {}

    /**
     * There is nothing to compare with, or nothing new; null when no statement was ever asked for.
     */
    record NothingToDo(@Nullable StatementState state) implements Reconciled {}

    /** Another instance is at work on that account, or something changed meanwhile. */
    record Busy() implements Reconciled {}
}

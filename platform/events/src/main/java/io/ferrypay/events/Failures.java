package io.ferrypay.events;

import java.sql.SQLException;
import java.util.Set;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Says what failed and where without its message, which might quote what must not be stored or
 * logged.
 */
final class Failures {
    // SQLSTATE classes: connection, deadlock and serialization, resources, lock not available,
    // shutdown.
    private static final Set<String> PASSING = Set.of("08", "40", "53", "55", "57");

    private Failures() {}

    /**
     * Whether the database was the trouble rather than the event, so that a later try may well
     * work.
     */
    static boolean mayPass(Throwable failure) {
        var cause = failure;
        for (var depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof RecoverableDataAccessException) {
                return true;
            }
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && sql.getSQLState().length() == 5
                    && PASSING.contains(sql.getSQLState().substring(0, 2))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    static String describe(Throwable failure) {
        var root = NestedExceptionUtils.getMostSpecificCause(failure);
        var trace = root.getStackTrace();
        var where = trace.length == 0 ? "" : " at " + trace[0];
        var outer = failure.equals(root) ? "" : failure.getClass().getName() + " caused by ";
        return outer + root.getClass().getName() + where;
    }
}

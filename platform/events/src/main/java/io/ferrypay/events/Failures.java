package io.ferrypay.events;

import org.springframework.core.NestedExceptionUtils;

/**
 * Says what failed and where without its message, which might quote what must not be stored or
 * logged.
 */
final class Failures {
    private Failures() {}

    static String describe(Throwable failure) {
        var root = NestedExceptionUtils.getMostSpecificCause(failure);
        var trace = root.getStackTrace();
        var where = trace.length == 0 ? "" : " at " + trace[0];
        var outer = failure.equals(root) ? "" : failure.getClass().getName() + " caused by ";
        return outer + root.getClass().getName() + where;
    }
}

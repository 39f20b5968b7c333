package io.ferrypay.reconcile.convert;

import org.jspecify.annotations.Nullable;

/** Why the line at hand cannot be read. Without a stack trace: a file may be full of them. */
final class BadField extends Exception {

    private final BadLine.Reason reason;
    private final @Nullable Integer column;

    BadField(BadLine.Reason reason, @Nullable Integer column) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.column = column;
    }

    BadLine.Reason reason() {
        return reason;
    }

    @Nullable Integer column() {
        return column;
    }
}

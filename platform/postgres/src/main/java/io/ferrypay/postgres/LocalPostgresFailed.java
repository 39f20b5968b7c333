package io.ferrypay.postgres;

import org.jspecify.annotations.Nullable;

/** PostgreSQL cannot run here; the message says why, in words for the person who started it. */
public final class LocalPostgresFailed extends RuntimeException {
    LocalPostgresFailed(String message) {
        this(message, null);
    }

    LocalPostgresFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

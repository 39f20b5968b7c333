package io.ferrypay.events;

import java.util.Set;

/**
 * The feed can't say what comes after a cursor: what came was deleted, or its database was restored
 * or moved. Events were missed or would be, and asking again does not help until a person has
 * looked.
 */
public final class CursorRefused extends RuntimeException {
    private static final Set<String> REASONS =
            Set.of("cursor_expired", "cursor_of_another_epoch", "cursor_unknown");

    private final String reason;

    CursorRefused(String reason, Throwable cause) {
        super("The feed refuses the cursor: " + reason, cause);
        this.reason = reason;
    }

    static boolean isReason(String code) {
        return REASONS.contains(code);
    }

    /** The feed's code for it. */
    public String reason() {
        return reason;
    }
}

package io.ferrypay.sandbox.notice;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a restarted sandbox needs to know of a notification to go on telling. */
public record Progress(int attempts, @Nullable Instant lastAttemptAt, boolean accepted) {

    /** Of what was not yet told. */
    public static final Progress NONE = new Progress(0, null, false);
}

package io.ferrypay.gateway.edge;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;

/**
 * Hears of every request that is over. Called on the way of the answer: never waits, never throws.
 */
public interface RequestRecorder {

    /**
     * @param status null when the caller left before there was one
     */
    void answered(Visit visit, @Nullable HttpStatusCode status, long elapsedNanos);
}

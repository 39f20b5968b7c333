package io.ferrypay.events;

import org.jspecify.annotations.Nullable;

/**
 * The feed did not answer, or not as a feed. Nothing was lost: the same cursor can be asked again.
 */
public final class FeedUnavailable extends RuntimeException {
    public FeedUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.ferrypay.events;

import java.time.Duration;

/** Somewhere events can be read from, page by page. */
@FunctionalInterface
public interface EventFeed {
    /** What a cursor is before the first event. */
    String BEGINNING = "0-0";

    int LARGEST_PAGE = 500;

    Duration LONGEST_WAIT = Duration.ofSeconds(25);

    /**
     * The events after {@code cursor}, oldest first; an empty page if none came within {@code
     * wait}.
     *
     * @param limit 1 to {@link #LARGEST_PAGE}
     * @param wait whole seconds, up to {@link #LONGEST_WAIT}
     * @throws CursorRefused if the feed can't say what comes after this cursor
     * @throws FeedUnavailable if the feed does not answer, or not as a feed
     */
    FeedPage read(String cursor, int limit, Duration wait);
}

package io.ferrypay.events;

import java.util.List;

/**
 * Events of a feed, in order.
 *
 * @param next the cursor to go on from
 */
public record FeedPage(List<Entry> entries, String next) {

    /**
     * An event and its place.
     *
     * @param cursor the place in the feed right after this event
     */
    public record Entry(Event event, String cursor) {}

    public FeedPage {
        entries = List.copyOf(entries);
    }

    List<Event> events() {
        return entries.stream().map(Entry::event).toList();
    }
}

package io.ferrypay.events;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** A feed over a list: event n has the cursor {@code 1-n}. */
final class ListFeed implements EventFeed {
    private final List<Event> events;

    ListFeed(List<Event> events) {
        this.events = new CopyOnWriteArrayList<>(events);
    }

    void add(Event event) {
        events.add(event);
    }

    @Override
    public FeedPage read(String cursor, int limit, Duration wait) {
        var from = (int) Cursor.parse(cursor).position();
        var to = Math.min(events.size(), from + limit);
        if (from == to) {
            LockSupport.parkNanos(10_000_000);
            return new FeedPage(List.of(), cursor);
        }
        var entries =
                IntStream.range(from, to)
                        .mapToObj(n -> new FeedPage.Entry(events.get(n), "1-" + (n + 1)))
                        .toList();
        return new FeedPage(entries, "1-" + to);
    }
}

package io.ferrypay.events;

import java.util.List;

/** What a service does about another service's events. */
@FunctionalInterface
public interface EventHandler {
    /**
     * Applies the events, in order, in the transaction that is open when this is called and that
     * also moves the cursor: everything written with the same data source happens once, or not at
     * all. So nothing may be called that does not roll back, and a failure is reported by throwing.
     *
     * <p>If a batch fails, its events are tried again one by one; an event that keeps failing is
     * set aside and may come back much later, after newer events of the same subject ({@link
     * Event#version()} tells).
     */
    void apply(List<Event> batch);
}

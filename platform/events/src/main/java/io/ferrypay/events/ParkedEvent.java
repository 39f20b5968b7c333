package io.ferrypay.events;

import java.time.Instant;

/**
 * An event that could not be applied and was set aside.
 *
 * @param feed the follower it was parked by
 * @param error class of the failure and the place it came from; no message, which might quote data
 * @param attempts how often it was tried, retries by hand included
 */
public record ParkedEvent(String feed, Event event, String error, int attempts, Instant parkedAt) {}

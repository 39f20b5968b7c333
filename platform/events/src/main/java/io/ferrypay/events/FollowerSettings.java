package io.ferrypay.events;

import java.time.Duration;

/**
 * How a follower follows.
 *
 * @param pageSize most events applied in one transaction, 1 to 500
 * @param pollWait how long one poll may wait for events; whole seconds, less than {@code lease}
 * @param lease how long other instances leave the feed alone after the last sign of life, and so
 *     the longest a dead instance can delay it
 * @param standby how often an instance without the lease looks whether it can have it
 * @param attempts how often an event is tried before it is parked
 * @param retryPause the first pause between two tries; it doubles
 */
public record FollowerSettings(
        int pageSize,
        Duration pollWait,
        Duration lease,
        Duration standby,
        int attempts,
        Duration retryPause) {
    /**
     * Takes over a dead instance's feed within 8 + 1 seconds; gives up on an event after 5 tries.
     */
    public static final FollowerSettings DEFAULT =
            new FollowerSettings(
                    200,
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(1),
                    5,
                    Duration.ofMillis(200));

    public FollowerSettings {
        if (pageSize < 1 || pageSize > EventFeed.LARGEST_PAGE) {
            throw new IllegalArgumentException("A page has 1 to 500 events");
        }
        if (pollWait.isNegative() || pollWait.compareTo(lease) >= 0) {
            throw new IllegalArgumentException("A poll must end before the lease does");
        }
        if (attempts < 1) {
            throw new IllegalArgumentException("An event is tried at least once");
        }
    }
}

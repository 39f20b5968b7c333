package io.ferrypay.events;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Down while a feed refuses our cursor. Not a part of readiness: what this service knows is old,
 * but it can still be asked.
 */
final class FollowersHealth implements HealthIndicator {
    private final EventFollowers followers;

    FollowersHealth(EventFollowers followers) {
        this.followers = followers;
    }

    @Override
    public Health health() {
        var refusals = followers.refusals();
        return refusals.isEmpty()
                ? Health.up().build()
                : Health.down().withDetails(refusals).build();
    }
}

package io.ferrypay.sandbox.wechat.officialaccount;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.wire.Nonces;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The account's access token: the same for whoever asks until five minutes before its end, another
 * when that is forced. A forced one ends the old at once.
 */
@Component
class StableTokens implements Resettable {

    static final Duration LIFETIME = Duration.ofHours(2);

    private static final Duration BEFORE_ITS_END = Duration.ofMinutes(5);
    private static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);
    private static final int LENGTH = 136;

    private final Nonces nonces;
    private final SandboxClock clock;

    private @Nullable String token;
    private Instant until = Instant.EPOCH;
    private Instant forcedAt = Instant.EPOCH;

    StableTokens(Nonces nonces, SandboxClock clock) {
        this.nonces = nonces;
        this.clock = clock;
    }

    record Given(String token, long expiresIn) {}

    /** Null when one was forced less than 30 seconds ago. */
    synchronized @Nullable Given give(boolean force) {
        var now = clock.instant();
        var known = token;
        if (force && now.isBefore(forcedAt.plus(BETWEEN_FORCED))) {
            return null;
        }
        if (known == null || force || now.isAfter(until.minus(BEFORE_ITS_END))) {
            known = nonces.next(LENGTH);
            token = known;
            until = now.plus(LIFETIME);
        }
        if (force) {
            forcedAt = now;
        }
        return new Given(known, Duration.between(now, until).toSeconds());
    }

    synchronized boolean isGood(String presented) {
        return presented.equals(token) && clock.instant().isBefore(until);
    }

    /** As if somebody else had forced another one: what is known outside is worth nothing. */
    synchronized void end() {
        token = null;
    }

    @Override
    public synchronized void reset() {
        token = null;
        forcedAt = Instant.EPOCH;
    }
}

package io.ferrypay.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A sign-in whose password was right and whose second factor is still to come, for five minutes. It
 * stands in a session that speaks for nobody.
 */
public class PendingSignIn {

    private static final String USER = "pending_user";
    private static final String SINCE = "pending_since";
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Clock clock;

    PendingSignIn(Clock clock) {
        this.clock = clock;
    }

    public void begin(HttpServletRequest request, String userId) {
        var old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        var session = request.getSession(true);
        session.setAttribute(USER, userId);
        session.setAttribute(SINCE, clock.instant().toString());
    }

    /** Whose sign-in is pending. */
    public Optional<String> of(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(USER) instanceof String userId)
                || !(session.getAttribute(SINCE) instanceof String since)
                || clock.instant().isAfter(Instant.parse(since).plus(LIFE))) {
            return Optional.empty();
        }
        return Optional.of(userId);
    }
}

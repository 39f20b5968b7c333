package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.portal.Role;
import io.ferrypay.merchant.team.PortalUser;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Begins, changes and describes the session of a request. */
@Service
public class StartSession {

    private final Sessions sessions;
    private final SignInPlaces places;
    private final Team team;
    private final PortalProperties properties;
    private final Clock clock;

    StartSession(
            Sessions sessions,
            SignInPlaces places,
            Team team,
            PortalProperties properties,
            Clock clock) {
        this.sessions = sessions;
        this.places = places;
        this.team = team;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * The session of a request that is signed in.
     *
     * @param barred as of {@link io.ferrypay.merchant.portal.PortalCaller}
     */
    public record Current(
            String id,
            String userId,
            String merchantId,
            Role role,
            boolean barred,
            Instant signedInAt,
            Instant endsAt,
            Instant steppedUpUntil) {}

    /**
     * For the person's first merchant; somewhere new is told to the person by mail. Refuses with
     * 403 {@code no_merchant} one who belongs to none.
     */
    public Current of(HttpServletRequest request, PortalUser user) {
        var first =
                team.membershipsOf(user.id()).stream()
                        .findFirst()
                        .orElseThrow(() -> ApiException.of(PortalProblems.NO_MERCHANT));
        var session = sessions.begin(request, user.id(), first.merchantId());
        places.visited(user, session.address(), session.agent());
        return describe(sessions.good(session, first.role()));
    }

    /** Whose session it is, if anybody is signed in. */
    public Optional<String> signedIn(HttpServletRequest request) {
        return sessions.current(request).map(good -> good.session().userId());
    }

    public Current current(HttpServletRequest request) {
        return describe(good(request));
    }

    /** Refuses with 404 when the person is no member there. */
    public Current switchTo(HttpServletRequest request, String merchantId) {
        var session = good(request).session();
        var other =
                team.membership(session.userId(), merchantId)
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        var moved = session.at(merchantId);
        // Whoever remembers the old secret remembers the old merchant with it.
        request.changeSessionId();
        Sessions.write(request.getSession(false), moved);
        return describe(sessions.good(moved, other.role()));
    }

    /** The person has just proven again who they are. */
    public Current stepUp(HttpServletRequest request) {
        var good = good(request);
        var proven = good.session().steppedUp(clock.instant());
        Sessions.write(request.getSession(false), proven);
        return describe(sessions.good(proven, good.role()));
    }

    private Sessions.Good good(HttpServletRequest request) {
        return sessions.current(request)
                .orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
    }

    private Current describe(Sessions.Good good) {
        var session = good.session();
        return new Current(
                session.id(),
                session.userId(),
                session.merchantId(),
                good.role(),
                good.barred(),
                session.signedInAt(),
                sessions.endOf(session),
                session.steppedUpAt().plus(properties.stepUpLife()));
    }
}

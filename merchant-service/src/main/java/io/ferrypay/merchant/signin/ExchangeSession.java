package io.ferrypay.merchant.signin;

import io.ferrypay.merchant.portal.Permission;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Tells the gateway for whom the session behind a cookie speaks, and what it may do. */
@Service
public class ExchangeSession {

    /** The right to what is dangerous, held for minutes after proving who one is. */
    public static final String STEP_UP = "portal:step_up";

    private final Sessions sessions;
    private final PortalProperties properties;
    private final Clock clock;

    ExchangeSession(Sessions sessions, PortalProperties properties, Clock clock) {
        this.sessions = sessions;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * @param scopes of the role, as services check them
     * @param sessionId the public name of the session
     * @param userId who is signed in; the same person in every session
     */
    public record Known(String merchantId, List<String> scopes, String sessionId, String userId) {}

    /**
     * Empty when the session is over, or never was. Counts as use of the session.
     *
     * @param secret what the cookie holds
     */
    public Optional<Known> exchange(String secret) {
        return sessions.bySecret(secret)
                .map(good ->
                        new Known(
                                good.session().merchantId(),
                                scopes(good),
                                good.session().id(),
                                good.session().userId()));
    }

    private List<String> scopes(Sessions.Good good) {
        if (good.barred()) {
            return List.of();
        }
        var role = good.role().permissions().stream().map(Permission::text);
        var steppedUp =
                clock.instant()
                        .isBefore(good.session().steppedUpAt().plus(properties.stepUpLife()));
        return Stream.concat(role, steppedUp ? Stream.of(STEP_UP) : Stream.empty())
                .sorted()
                .toList();
    }
}

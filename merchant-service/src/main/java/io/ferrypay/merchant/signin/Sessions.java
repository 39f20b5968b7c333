package io.ferrypay.merchant.signin;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.merchant.portal.Role;
import io.ferrypay.merchant.team.Team;
import io.ferrypay.signin.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Sessions of the portal: begun, found again, listed, ended. They live in PostgreSQL, so ending one
 * ends it for every instance at once.
 */
@Component
public class Sessions {

    private static final Pattern SECRET = Pattern.compile("[0-9a-f-]{36}");
    private static final int LONGEST_AGENT = 200;

    private final Store<?> store;
    private final Team team;
    private final PortalProperties properties;
    private final Clock clock;

    Sessions(
            FindByIndexNameSessionRepository<? extends Session> repository,
            Team team,
            PortalProperties properties,
            Clock clock) {
        this.store = new Store<>(repository);
        this.team = team;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * A session that is good now, and what the person is at the merchant it acts for.
     *
     * @param barred whether the person lacks a second factor that the merchant wants of everybody
     */
    record Good(PortalSession session, Role role, boolean barred) {}

    /** One of a person's sessions, for the person to look at. */
    public record Seen(
            String id, Instant signedInAt, Instant lastSeenAt, String address, String agent) {}

    /** In a new session, so that nobody can have known its secret before. */
    PortalSession begin(HttpServletRequest request, String userId, String merchantId) {
        var now = clock.instant();
        var agent = request.getHeader("User-Agent");
        return begin(
                request,
                new PortalSession(
                        "ses_" + UlidCreator.getUlid(),
                        userId,
                        merchantId,
                        now,
                        now,
                        ClientAddress.of(request),
                        agent == null ? "" : printable(agent)));
    }

    private static PortalSession begin(HttpServletRequest request, PortalSession session) {
        var old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        write(request.getSession(true), session);
        return session;
    }

    static void write(HttpSession target, PortalSession session) {
        session.attributes().forEach(target::setAttribute);
    }

    /** Empty, and the session ended, when its time is over or its person left the merchant. */
    Optional<Good> current(HttpServletRequest request) {
        var held = request.getSession(false);
        var session = held == null ? null : PortalSession.read(held::getAttribute);
        if (held == null || session == null) {
            return Optional.empty();
        }
        var good = judge(session);
        if (good.isEmpty()) {
            held.invalidate();
        }
        return good;
    }

    /** For the gateway: the session behind a cookie's secret, which counts as being used. */
    Optional<Good> bySecret(String secret) {
        return SECRET.matcher(secret).matches()
                ? store.use(secret, clock.instant()).flatMap(this::judge)
                : Optional.empty();
    }

    private Optional<Good> judge(PortalSession session) {
        if (!clock.instant().isBefore(endOf(session))) {
            return Optional.empty();
        }
        return team.membership(session.userId(), session.merchantId())
                .map(membership -> good(session, membership.role()));
    }

    Good good(PortalSession session, Role role) {
        return new Good(
                session, role, team.lacksSecondFactor(session.userId(), session.merchantId()));
    }

    Instant endOf(PortalSession session) {
        return session.signedInAt().plus(properties.sessionLife());
    }

    /** Latest first. */
    List<Seen> of(String userId) {
        return store.of(userId).stream()
                .sorted(Comparator.comparing(Seen::lastSeenAt).reversed())
                .toList();
    }

    /** False when the person has no such session. */
    boolean end(String userId, String id) {
        return store.end(userId, id::equals) > 0;
    }

    /**
     * @param keptId the one that goes on, if any
     */
    void endAllOf(String userId, @Nullable String keptId) {
        store.end(userId, id -> !id.equals(keptId));
    }

    private static String printable(String agent) {
        var text = agent.replaceAll("[^\\x20-\\x7e]", "");
        return text.length() > LONGEST_AGENT ? text.substring(0, LONGEST_AGENT) : text;
    }

    /** Gives the type of Spring's own sessions a name. */
    private record Store<S extends Session>(FindByIndexNameSessionRepository<S> sessions) {

        Optional<PortalSession> use(String secret, Instant now) {
            var session = sessions.findById(secret);
            if (session == null || session.isExpired()) {
                return Optional.empty();
            }
            session.setLastAccessedTime(now);
            sessions.save(session);
            return Optional.ofNullable(PortalSession.read(session::getAttribute));
        }

        List<Seen> of(String userId) {
            return sessions.findByPrincipalName(userId).values().stream()
                    .filter(session -> !session.isExpired())
                    .map(Store::seen)
                    .toList();
        }

        private static Seen seen(Session session) {
            var portal = read(session);
            return new Seen(
                    portal.id(),
                    portal.signedInAt(),
                    session.getLastAccessedTime(),
                    portal.address(),
                    portal.agent());
        }

        private static PortalSession read(Session session) {
            return java.util.Objects.requireNonNull(PortalSession.read(session::getAttribute));
        }

        int end(String userId, java.util.function.Predicate<String> which) {
            var ended = 0;
            for (var session : sessions.findByPrincipalName(userId).values()) {
                if (which.test(read(session).id())) {
                    sessions.deleteById(session.getId());
                    ended++;
                }
            }
            return ended;
        }
    }
}

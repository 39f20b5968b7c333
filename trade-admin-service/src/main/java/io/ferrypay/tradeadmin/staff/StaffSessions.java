package io.ferrypay.tradeadmin.staff;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.signin.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;
import org.springframework.stereotype.Component;

/**
 * Sessions of the console: begun, found again, listed, ended. They live in PostgreSQL, so ending
 * one ends it for every instance at once; an account that is not active has none that is good.
 */
@Component
public class StaffSessions {

    private static final Pattern SECRET = Pattern.compile("[0-9a-f-]{36}");
    private static final int LONGEST_AGENT = 200;

    private final Store<?> store;
    private final StaffAccounts accounts;
    private final StaffProperties properties;
    private final Clock clock;

    StaffSessions(
            FindByIndexNameSessionRepository<? extends Session> repository,
            StaffAccounts accounts,
            StaffProperties properties,
            Clock clock) {
        this.store = new Store<>(repository);
        this.accounts = accounts;
        this.properties = properties;
        this.clock = clock;
    }

    /** A session that is good now, and whose it is. */
    record Good(StaffSession session, StaffAccount account) {}

    /** One of a person's sessions, for the person to look at. */
    public record Seen(
            String id, Instant signedInAt, Instant lastSeenAt, String address, String agent) {}

    /** In a new session, so that nobody can have known its secret before. */
    StaffSession begin(HttpServletRequest request, String accountId) {
        var now = clock.instant();
        var agent = request.getHeader("User-Agent");
        var old = request.getSession(false);
        if (old != null) {
            old.invalidate();
        }
        var session =
                new StaffSession(
                        "ses_" + UlidCreator.getUlid(),
                        accountId,
                        now,
                        now,
                        ClientAddress.of(request),
                        agent == null ? "" : printable(agent));
        session.attributes().forEach(request.getSession(true)::setAttribute);
        return session;
    }

    /** Empty, and the session ended, when its time is over or its account is not active. */
    Optional<Good> current(HttpServletRequest request) {
        var held = request.getSession(false);
        var session = held == null ? null : StaffSession.read(held::getAttribute);
        if (held == null || session == null) {
            return Optional.empty();
        }
        var good = judge(session);
        if (good.isEmpty()) {
            held.invalidate();
        }
        return good;
    }

    StaffSession stepUp(HttpServletRequest request, StaffSession session) {
        var proven = session.steppedUp(clock.instant());
        proven.attributes().forEach(request.getSession(false)::setAttribute);
        return proven;
    }

    /** For the gateway: the session behind a cookie's secret, which counts as being used. */
    Optional<Good> bySecret(String secret) {
        return SECRET.matcher(secret).matches()
                ? store.use(secret, clock.instant()).flatMap(this::judge)
                : Optional.empty();
    }

    private Optional<Good> judge(StaffSession session) {
        if (!clock.instant().isBefore(endOf(session))) {
            return Optional.empty();
        }
        return accounts.find(session.accountId())
                .filter(StaffAccount::isActive)
                .map(account -> new Good(session, account));
    }

    Instant endOf(StaffSession session) {
        return session.signedInAt().plus(properties.sessionLife());
    }

    /** Latest first. */
    List<Seen> of(String accountId) {
        return store.of(accountId).stream()
                .sorted(Comparator.comparing(Seen::lastSeenAt).reversed())
                .toList();
    }

    /** False when the account has no such session. */
    boolean end(String accountId, String id) {
        return store.end(accountId, id::equals) > 0;
    }

    /**
     * @param keptId the one that goes on, if any
     */
    void endAllOf(String accountId, @Nullable String keptId) {
        store.end(accountId, id -> !id.equals(keptId));
    }

    private static String printable(String agent) {
        var text = agent.replaceAll("[^\\x20-\\x7e]", "");
        return text.length() > LONGEST_AGENT ? text.substring(0, LONGEST_AGENT) : text;
    }

    /** Gives the type of Spring's own sessions a name. */
    private record Store<S extends Session>(FindByIndexNameSessionRepository<S> sessions) {

        Optional<StaffSession> use(String secret, Instant now) {
            var session = sessions.findById(secret);
            if (session == null || session.isExpired()) {
                return Optional.empty();
            }
            session.setLastAccessedTime(now);
            sessions.save(session);
            return Optional.ofNullable(StaffSession.read(session::getAttribute));
        }

        List<Seen> of(String accountId) {
            return sessions.findByPrincipalName(accountId).values().stream()
                    .filter(session -> !session.isExpired())
                    .map(Store::seen)
                    .toList();
        }

        private static Seen seen(Session session) {
            var staff = read(session);
            return new Seen(
                    staff.id(),
                    staff.signedInAt(),
                    session.getLastAccessedTime(),
                    staff.address(),
                    staff.agent());
        }

        private static StaffSession read(Session session) {
            return Objects.requireNonNull(StaffSession.read(session::getAttribute));
        }

        int end(String accountId, Predicate<String> which) {
            var ended = 0;
            for (var session : sessions.findByPrincipalName(accountId).values()) {
                if (which.test(read(session).id())) {
                    sessions.deleteById(session.getId());
                    ended++;
                }
            }
            return ended;
        }
    }
}

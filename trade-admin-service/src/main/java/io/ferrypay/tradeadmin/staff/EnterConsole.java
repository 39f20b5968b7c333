package io.ferrypay.tradeadmin.staff;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.signin.ClientAddress;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.PendingSignIn;
import io.ferrypay.signin.SecondFactors;
import io.ferrypay.signin.SignInProblems;
import io.ferrypay.signin.Tries;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Signing in to the console, with a password and always a second factor: who has none yet sets it
 * up before anything else. Everything about it is audited.
 */
@Service
public class EnterConsole {

    private static final int UNKNOWN_BYTES = 16;

    private final StaffAccounts accounts;
    private final StaffLinks links;
    private final StaffSessions sessions;
    private final BreakGlass breakGlass;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final PendingSignIn pending;
    private final Tries tries;
    private final Audit audit;
    private final TransactionTemplate transactions;

    EnterConsole(
            StaffAccounts accounts,
            StaffLinks links,
            StaffSessions sessions,
            BreakGlass breakGlass,
            Passwords passwords,
            SecondFactors factors,
            PendingSignIn pending,
            Tries tries,
            Audit audit,
            TransactionTemplate transactions) {
        this.accounts = accounts;
        this.links = links;
        this.sessions = sessions;
        this.breakGlass = breakGlass;
        this.passwords = passwords;
        this.factors = factors;
        this.pending = pending;
        this.tries = tries;
        this.audit = audit;
        this.transactions = transactions;
    }

    /** What is still to come after the password. */
    public enum Next {
        SECOND_FACTOR,
        /** There is none: it is set up first. */
        SECOND_FACTOR_SET_UP
    }

    /** Who is signed in, and what they may do now. */
    public record Current(
            String sessionId,
            StaffAccount account,
            Set<Permission> permissions,
            @Nullable Instant breakGlassUntil,
            Instant signedInAt,
            Instant endsAt,
            Instant steppedUpAt) {

        public Current {
            permissions = Set.copyOf(permissions);
        }
    }

    /** Who somebody without an account says they are. */
    public record Newcomer(String employeeNumber, String name, String email) {}

    /** Whether a link is for one of the first people; refuses with 410 one that is not good. */
    public boolean asksWho(String token, HttpServletRequest request) {
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriberOf(request));
        return links.look(token)
                        .orElseThrow(() -> ApiException.of(SignInProblems.TOKEN_NOT_USABLE))
                        .accountId()
                == null;
    }

    /**
     * Uses a link up: the account gets its password, and the second factor comes next.
     *
     * @param newcomer needed by a link for one of the first people, who becomes an administrator;
     *     of no use with any other
     */
    public Next join(
            String token,
            String password,
            String language,
            @Nullable Newcomer newcomer,
            HttpServletRequest request) {
        var address = ClientAddress.of(request);
        tries.count(Tries.Kind.ADDRESS, ClientAddress.subscriber(address));
        var hash = passwords.choose(password);
        var id =
                Objects.requireNonNull(
                        transactions.execute(_ -> {
                            var taken =
                                    links.take(token)
                                            .orElseThrow(() ->
                                                    ApiException.of(
                                                            SignInProblems.TOKEN_NOT_USABLE));
                            var account =
                                    taken.accountId() == null
                                            ? first(newcomer)
                                            : invited(taken.accountId());
                            accounts.activate(account, hash, language);
                            var now = accounts.find(account).orElseThrow();
                            audit.record(
                                    new Who(now.personId(), now.id(), null, address),
                                    new Audit.Act(
                                            "staff.joined", now.id(), null, Told.of(now), null));
                            return account;
                        }));
        pending.begin(request, id);
        return Next.SECOND_FACTOR_SET_UP;
    }

    private String first(@Nullable Newcomer newcomer) {
        if (newcomer == null) {
            throw ApiException.invalid("/newcomer", "required", "is missing");
        }
        accounts.lockAdministrators();
        if (accounts.activeAdministrators() >= FirstPeople.NEEDED) {
            throw ApiException.of(SignInProblems.TOKEN_NOT_USABLE);
        }
        if (accounts.isTaken(newcomer.email())) {
            throw ApiException.of(StaffProblems.ACCOUNT_EXISTS);
        }
        if (accounts.nameOf(newcomer.employeeNumber()).isPresent()) {
            throw ApiException.invalid(
                    "/newcomer/employee_number", "not_unique", "is somebody else's");
        }
        return accounts.add(
                newcomer.employeeNumber(),
                newcomer.name().strip(),
                newcomer.email(),
                EnumSet.of(StaffRole.ADMINISTRATOR));
    }

    private String invited(String id) {
        var account = accounts.lock(id).orElseThrow();
        if (!account.status().equals(StaffAccount.INVITED)) {
            throw ApiException.of(SignInProblems.TOKEN_NOT_USABLE);
        }
        return id;
    }

    /**
     * Refuses an unknown address and a wrong password in the same words and after the same time.
     */
    public Next withPassword(String email, String password, HttpServletRequest request) {
        var address = ClientAddress.of(request);
        var key = StaffAccounts.keyOf(email);
        var network = ClientAddress.subscriber(address);
        tries.count(Tries.Kind.ADDRESS, network);
        var account = accounts.byEmail(email).orElse(null);
        var subject = account == null ? unknown(key) : account.id();
        countPassword(key, network, Who.nobody(address), subject);
        var good =
                passwords.matches(password, account == null ? null : account.passwordHash())
                        && account != null
                        && account.isActive();
        if (!good || account == null) {
            failed(Who.nobody(address), subject, "password");
            throw ApiException.of(SignInProblems.WRONG_CREDENTIALS);
        }
        tries.forgivePassword(key, network);
        pending.begin(request, account.id());
        return factors.hasApp(account.id()) ? Next.SECOND_FACTOR : Next.SECOND_FACTOR_SET_UP;
    }

    private void countPassword(String key, String network, Who who, String subject) {
        try {
            tries.countPassword(key, network);
        } catch (ApiException refusal) {
            refusedAsTooMany(who, subject, "password");
            throw refusal;
        }
    }

    private void failed(Who who, String subject, String what) {
        audit.recordNow(
                who,
                new Audit.Act("staff.sign_in_failed", subject, null, Map.of("wrong", what), null));
    }

    private void refusedAsTooMany(Who who, String subject, String what) {
        audit.recordNow(
                who,
                new Audit.Act(
                        "staff.refused_as_too_many", subject, null, Map.of("what", what), null));
    }

    /**
     * What the audit calls an address that nobody has: tries at it are told apart without keeping
     * it, and an entry is written as for one that is known, which takes the same time.
     */
    private static String unknown(String key) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return "unknown_" + HexFormat.of().formatHex(digest, 0, UNKNOWN_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For one who is signing in and has no second factor yet. */
    public SecondFactors.Offer offerSecondFactor(HttpServletRequest request) {
        var account = pendingAccount(request);
        return factors.offer(account.id(), account.email());
    }

    /** Completes the sign-in; the recovery codes are shown this once. */
    public List<String> confirmSecondFactor(String code, HttpServletRequest request) {
        var account = pendingAccount(request);
        var codes =
                proven(
                        account,
                        Who.nobody(ClientAddress.of(request)),
                        () -> factors.confirm(account.id(), code));
        begin(account, request, "staff.second_factor_set_up");
        return codes;
    }

    /** Refuses with 401 {@code wrong_code}. */
    public void withSecondFactor(
            @Nullable String totp, @Nullable String recoveryCode, HttpServletRequest request) {
        var account = pendingAccount(request);
        prove(account, totp, recoveryCode, Who.nobody(ClientAddress.of(request)));
        begin(account, request, "staff.signed_in");
    }

    private void prove(
            StaffAccount account, @Nullable String totp, @Nullable String recoveryCode, Who who) {
        proven(
                account,
                who,
                () -> {
                    if (totp != null) {
                        factors.proveByApp(account.id(), totp);
                    } else if (recoveryCode != null) {
                        factors.proveByRecoveryCode(account.id(), recoveryCode);
                    } else {
                        throw ApiException.invalid("/totp", "required", "is missing");
                    }
                    return account;
                });
    }

    private <T> T proven(StaffAccount account, Who who, Supplier<T> proof) {
        try {
            return proof.get();
        } catch (ApiException refusal) {
            if (refusal.code().equals(SignInProblems.WRONG_CODE)) {
                failed(who, account.id(), "second_factor");
            } else if (refusal.code().equals(SignInProblems.TOO_MANY_ATTEMPTS)) {
                refusedAsTooMany(who, account.id(), "second_factor");
            }
            throw refusal;
        }
    }

    private void begin(StaffAccount account, HttpServletRequest request, String action) {
        var session = sessions.begin(request, account.id());
        audit.recordNow(
                new Who(account.personId(), account.id(), session.id(), session.address()),
                Audit.Act.of(action, account.id()));
    }

    private StaffAccount pendingAccount(HttpServletRequest request) {
        return pending.of(request)
                .flatMap(accounts::find)
                .filter(StaffAccount::isActive)
                .orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
    }

    public Current current(HttpServletRequest request) {
        return describe(good(request));
    }

    private StaffSessions.Good good(HttpServletRequest request) {
        return sessions.current(request)
                .orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
    }

    private Current describe(StaffSessions.Good good) {
        var until = breakGlass.openUntil(good.account().id()).orElse(null);
        return new Current(
                good.session().id(),
                good.account(),
                until == null ? good.account().permissions() : EnumSet.allOf(Permission.class),
                until,
                good.session().signedInAt(),
                sessions.endOf(good.session()),
                good.session().steppedUpAt());
    }

    /** For the gateway; counts as use of the session. */
    public Optional<Current> exchange(String secret) {
        return sessions.bySecret(secret).map(this::describe);
    }

    /** The person has just shown a second factor again. */
    public Current stepUp(
            @Nullable String totp, @Nullable String recoveryCode, HttpServletRequest request) {
        var good = good(request);
        prove(good.account(), totp, recoveryCode, whoOf(good, request));
        var proven = sessions.stepUp(request, good.session());
        audit.recordNow(
                whoOf(good, request), Audit.Act.of("staff.stepped_up", good.account().id()));
        return describe(new StaffSessions.Good(proven, good.account()));
    }

    public void signOut(HttpServletRequest request) {
        sessions.current(request)
                .ifPresent(good ->
                        audit.recordNow(
                                whoOf(good, request),
                                Audit.Act.of("staff.signed_out", good.account().id())));
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }

    /** Ends the person's other sessions. */
    public void changePassword(String old, String fresh, HttpServletRequest request) {
        var good = good(request);
        var key = StaffAccounts.keyOf(good.account().email());
        var network = ClientAddress.subscriberOf(request);
        var who = whoOf(good, request);
        countPassword(key, network, who, good.account().id());
        if (!passwords.matches(old, good.account().passwordHash())) {
            failed(who, good.account().id(), "current_password");
            throw ApiException.of(SignInProblems.WRONG_CREDENTIALS);
        }
        tries.forgivePassword(key, network);
        var hash = passwords.choose(fresh, good.account().email(), good.account().name());
        transactions.executeWithoutResult(_ -> {
            accounts.setPassword(good.account().id(), hash);
            audit.record(who, Audit.Act.of("staff.password_changed", good.account().id()));
        });
        sessions.endAllOf(good.account().id(), good.session().id());
    }

    public List<StaffSessions.Seen> sessions(HttpServletRequest request) {
        return sessions.of(good(request).account().id());
    }

    /** False when the person has no such session. */
    public boolean endSession(String id, HttpServletRequest request) {
        var good = good(request);
        var ended = sessions.end(good.account().id(), id);
        if (ended) {
            audit.recordNow(
                    whoOf(good, request),
                    new Audit.Act(
                            "staff.session_ended",
                            good.account().id(),
                            null,
                            Map.of("session", id),
                            null));
        }
        return ended;
    }

    public void speak(String language, HttpServletRequest request) {
        accounts.setLanguage(good(request).account().id(), language);
    }

    private static Who whoOf(StaffSessions.Good good, HttpServletRequest request) {
        return new Who(
                good.account().personId(),
                good.account().id(),
                good.session().id(),
                ClientAddress.of(request));
    }
}

package io.ferrypay.tradeadmin.staff;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All rights for an emergency: for an hour at most, with a reason, told to the audit, to the log as
 * an error and to {@code staff.break_glass.open}, so that somebody is woken. It makes nobody two
 * people: what needs another person still does.
 */
@Service
public class BreakGlass {

    public static final Duration LONGEST = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(BreakGlass.class);

    private final JdbcClient jdbc;
    private final StaffAccounts accounts;
    private final Audit audit;
    private final TransactionTemplate transactions;
    private final Clock clock;
    private final Counter begun;

    BreakGlass(
            JdbcClient jdbc,
            StaffAccounts accounts,
            Audit audit,
            TransactionTemplate transactions,
            Clock clock,
            MeterRegistry metrics) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
        this.begun =
                Counter.builder("staff.break_glass.begun")
                        .description("How often somebody took all rights")
                        .register(metrics);
        Gauge.builder("staff.break_glass.open", this, BreakGlass::open)
                .description("How many have all rights now")
                .register(metrics);
    }

    private Number openNow() {
        return jdbc.sql(
                        "select count(*) from break_glass where ends_at > :now and ended_at is"
                                + " null")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    private static double open(BreakGlass breakGlass) {
        return breakGlass.openNow().doubleValue();
    }

    /** Until when the account has all rights, if it has. */
    Optional<Instant> openUntil(String accountId) {
        return jdbc.sql(
                        "select ends_at from break_glass where account_id = ? and ends_at > ?"
                                + " and ended_at is null order by ends_at desc limit 1")
                .params(accountId, clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, _) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    /**
     * Refuses with 409 {@code break_glass_open} one who has all rights already, and with 403 {@code
     * forbidden_scope} one whose roles don't allow it now: all rights never lead to more of them.
     *
     * @param life up to {@link #LONGEST}
     * @param reason ten characters at least
     */
    public Instant begin(StaffCaller caller, Duration life, String reason) {
        caller.require(Permission.STAFF_BREAK_GLASS.text());
        var now = clock.instant();
        caller.requireStepUp(now);
        var end = now.plus(life);
        transactions.executeWithoutResult(_ -> {
            accounts.lock(caller.accountId());
            accounts.requireByRole(caller, Permission.STAFF_BREAK_GLASS);
            if (openUntil(caller.accountId()).isPresent()) {
                throw ApiException.of(StaffProblems.BREAK_GLASS_OPEN);
            }
            jdbc.sql(
                            "insert into break_glass (id, account_id, reason, began_at, ends_at)"
                                    + " values (?, ?, ?, ?, ?)")
                    .params(
                            "brk_" + UlidCreator.getUlid(),
                            caller.accountId(),
                            reason.strip(),
                            now.atOffset(ZoneOffset.UTC),
                            end.atOffset(ZoneOffset.UTC))
                    .update();
            audit.record(
                    Who.staff(caller),
                    new Audit.Act(
                            "break_glass.began",
                            caller.accountId(),
                            null,
                            Map.of("until", end.toString()),
                            reason.strip()));
        });
        begun.increment();
        log.error("{} took all rights until {}", caller.accountId(), end);
        return end;
    }

    /** Gives the rights back; nothing happens where there are none to give. */
    public void end(StaffCaller caller) {
        transactions.executeWithoutResult(_ -> endOf(caller.accountId(), Who.staff(caller)));
    }

    /** An administrator takes them from somebody else. Refuses with 404 who is not one of ours. */
    public void end(StaffCaller caller, String account) {
        caller.require(Permission.STAFF_WRITE.text());
        caller.requireStepUp(clock.instant());
        transactions.executeWithoutResult(_ -> {
            if (accounts.lock(account).isEmpty()) {
                throw ApiException.of(CommonProblems.NOT_FOUND);
            }
            endOf(account, Who.staff(caller));
        });
    }

    /** In the caller's transaction, which has locked the account. */
    void endOf(String account, Who who) {
        var ended =
                jdbc.sql(
                                "update break_glass set ended_at = :now where account_id = :account"
                                        + " and ends_at > :now and ended_at is null")
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("account", account)
                        .update();
        if (ended > 0) {
            audit.record(who, Audit.Act.of("break_glass.ended", account));
        }
    }
}

package io.ferrypay.tradeadmin.maintenance;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import io.ferrypay.tradeadmin.approval.Approval;
import io.ferrypay.tradeadmin.approval.Approvals;
import io.ferrypay.tradeadmin.audit.Audit;
import io.ferrypay.tradeadmin.audit.Who;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what is planned. Each change is told as {@code channel.maintenance_planned}, with the
 * window as it is then, so that whoever hears it late or twice has it right.
 */
@Service
public class KeepMaintenance {

    static final String WRITE = "channels:write";
    static final String APPROVE = "channels:approve";

    private static final ProblemCode OVER =
            ProblemCode.of("maintenance_over", 409, "This maintenance is over");
    private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9_-]{1,40}");
    private static final Duration LONGEST = Duration.ofDays(3);
    private static final Duration FARTHEST = Duration.ofDays(90);
    private static final int MOST_SHOWN = 100;

    private final JdbcClient jdbc;
    private final Outbox outbox;
    private final Audit audit;
    private final ObjectProvider<Approvals> approvals;
    private final ObjectProvider<PlanMaintenance> kind;
    private final JsonMapper json;
    private final Clock clock;

    KeepMaintenance(
            JdbcClient jdbc,
            Outbox outbox,
            Audit audit,
            ObjectProvider<Approvals> approvals,
            ObjectProvider<PlanMaintenance> kind,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.audit = audit;
        this.approvals = approvals;
        this.kind = kind;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Asks for a time of at most three days within the next 90 in which an account is not offered;
     * another person decides.
     */
    public Approval ask(
            StaffCaller caller, String account, Instant startsAt, Instant endsAt, String reason) {
        caller.require(WRITE);
        if (!ACCOUNT.matcher(account).matches()) {
            throw ApiException.invalid("/account", "wrong_format", "must be a channel's account");
        }
        var now = clock.instant();
        if (!endsAt.isAfter(startsAt) || startsAt.plus(LONGEST).isBefore(endsAt)) {
            throw ApiException.invalid(
                    "/ends_at", "out_of_range", "must be at most three days after it begins");
        }
        if (endsAt.isBefore(now) || startsAt.isAfter(now.plus(FARTHEST))) {
            throw ApiException.invalid(
                    "/starts_at", "out_of_range", "must be within the next 90 days");
        }
        return approvals
                .getObject()
                .ask(
                        caller,
                        kind.getObject(),
                        new PlanMaintenance.Wanted(
                                account,
                                startsAt.truncatedTo(ChronoUnit.SECONDS),
                                endsAt.truncatedTo(ChronoUnit.SECONDS)),
                        reason);
    }

    /** In the transaction of the approval. */
    void plan(PlanMaintenance.Wanted wanted, Approval approval) {
        var now = now();
        if (!wanted.endsAt().isAfter(now)) {
            throw ApiException.of(OVER);
        }
        var planned =
                new Maintenance(
                        "mnt_" + UlidCreator.getMonotonicUlid(),
                        1,
                        wanted.account(),
                        wanted.startsAt(),
                        wanted.endsAt(),
                        now,
                        null);
        jdbc.sql(
                        """
                        insert into maintenance_window (id, version, account, starts_at, ends_at,
                            approval_id, planned_at)
                        values (?, 1, ?, ?, ?, ?, ?)
                        """)
                .param(planned.id())
                .param(planned.account())
                .param(Timestamp.from(planned.startsAt()))
                .param(Timestamp.from(planned.endsAt()))
                .param(approval.id())
                .param(Timestamp.from(now))
                .update();
        tell(planned);
    }

    /**
     * Offers the account again at once, or takes back what has not begun. Refuses with 409 {@code
     * maintenance_over} what is over.
     */
    @Transactional
    public Maintenance end(StaffCaller caller, String id, String reason) {
        caller.require(WRITE);
        if (reason.isBlank() || reason.length() > 1000) {
            throw ApiException.invalid("/reason", "required", "must have 1 to 1000 characters");
        }
        var now = now();
        var ended =
                jdbc.sql(
                                """
                                update maintenance_window
                                   set version = 2, ends_at = greatest(starts_at, ?), ended_by = ?
                                 where id = ? and version = 1 and ends_at > ?
                                returning *
                                """)
                        .param(Timestamp.from(now))
                        .param(caller.personId())
                        .param(id)
                        .param(Timestamp.from(now))
                        .query((row, _) -> read(row))
                        .optional()
                        .orElseThrow(() ->
                                isKnown(id)
                                        ? ApiException.of(OVER)
                                        : ApiException.of(CommonProblems.NOT_FOUND));
        audit.record(
                Who.staff(caller),
                new Audit.Act("maintenance.ended", id, null, ended, reason.strip()));
        tell(ended);
        return ended;
    }

    private boolean isKnown(String id) {
        return jdbc.sql("select exists (select from maintenance_window where id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    /** What is planned or was, the one that ends last first. */
    public List<Maintenance> list() {
        return jdbc.sql("select * from maintenance_window order by ends_at desc, id limit ?")
                .param(MOST_SHOWN)
                .query((row, _) -> read(row))
                .list();
    }

    private void tell(Maintenance window) {
        var data =
                json.createObjectNode()
                        .put("account", window.account())
                        .put("starts_at", window.startsAt().toString())
                        .put("ends_at", window.endsAt().toString());
        outbox.append(
                Event.of(
                        "channel.maintenance_planned",
                        window.id(),
                        window.version(),
                        clock.instant(),
                        data));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Maintenance read(ResultSet row) throws SQLException {
        @Nullable String endedBy = row.getString("ended_by");
        return new Maintenance(
                row.getString("id"),
                row.getInt("version"),
                row.getString("account"),
                row.getTimestamp("starts_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getTimestamp("planned_at").toInstant(),
                endedBy);
    }
}

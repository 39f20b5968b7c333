package io.ferrypay.paymentchannel.risk;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.problem.ProblemCode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What our staff want to see judged, and how far that is. Each person has one at a time. */
@Service
public class DryRuns {

    private static final ProblemCode TOO_MANY =
            ProblemCode.temporary("too_many_dry_runs", 429, "Others are to be worked off first");
    private static final ProblemCode UNDER_WAY =
            ProblemCode.of("dry_run_under_way", 409, "Your last one is not done yet");

    private static final Duration REACH = Duration.ofDays(30);
    private static final Duration KEPT = Duration.ofDays(7);
    private static final int MOST_WAITING = 20;
    private static final int MOST_CHARACTERS = 100_000;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Clock clock;

    DryRuns(JdbcClient jdbc, JsonMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Begins to judge the payments of the last 30 days. Refuses with 400 {@code invalid_request}
     * what is no condition, with 409 {@code dry_run_under_way} a second one of a person, and with
     * 429 {@code too_many_dry_runs} when many wait.
     *
     * @param merchantId whose payments; null for everybody's
     */
    public DryRun ask(
            StaffCaller caller, @Nullable String merchantId, boolean livemode, JsonNode condition) {
        var text = condition.toString();
        if (text.length() > MOST_CHARACTERS) {
            throw ApiException.invalid("/condition", "too_long", "is too long");
        }
        try {
            ConditionReader.read(condition);
        } catch (IllegalArgumentException _) {
            throw ApiException.invalid("/condition", "not_known", "is no condition of a rule");
        }
        if (jdbc.sql("select count(*) from risk_dry_run where status in ('waiting', 'running')")
                        .query(Long.class)
                        .single()
                >= MOST_WAITING) {
            throw ApiException.of(TOO_MANY);
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var id = "dry_" + UlidCreator.getMonotonicUlid(now.toEpochMilli());
        var added =
                jdbc.sql(
                                """
                                insert into risk_dry_run (id, asked_by, merchant_id, livemode, condition,
                                    status, begins_at, ends_at, created_at)
                                values (?, ?, ?, ?, ?, 'waiting', ?, ?, ?)
                                on conflict (asked_by) where status in ('waiting', 'running') do nothing
                                """)
                        .param(id)
                        .param(caller.personId())
                        .param(merchantId)
                        .param(livemode)
                        .param(text)
                        .param(Timestamp.from(now.minus(REACH)))
                        .param(Timestamp.from(now))
                        .param(Timestamp.from(now))
                        .update();
        if (added == 0) {
            throw ApiException.of(UNDER_WAY);
        }
        return find(id);
    }

    /** Refuses with 404 what there is not, or not any more: they are kept for a week. */
    public DryRun find(String id) {
        return jdbc.sql("select * from risk_dry_run where id = ?")
                .param(id)
                .query((row, _) -> read(row))
                .optional()
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /** One to work on. */
    record Claim(DryRun run, String runner, int tries) {}

    /** The oldest that nobody works on. Whoever does is to say so within {@code lease}. */
    Optional<Claim> claim(Duration lease) {
        var now = clock.instant();
        var runner = UlidCreator.getUlid().toString();
        return jdbc.sql(
                        """
                        update risk_dry_run set status = 'running', runner = ?, held_until = ?,
                               tries = tries + 1, progress_percent = 0
                         where id = (select id from risk_dry_run
                                      where status = 'waiting' or (status = 'running' and held_until < ?)
                                      order by created_at limit 1 for update skip locked)
                        returning *
                        """)
                .param(runner)
                .param(Timestamp.from(now.plus(lease)))
                .param(Timestamp.from(now))
                .query((row, _) -> new Claim(read(row), runner, row.getInt("tries")))
                .optional();
    }

    /** Whether it is still ours to go on with. */
    boolean goesOn(Claim claim, int percent, Duration lease) {
        return jdbc.sql(
                                """
                                update risk_dry_run set progress_percent = ?, held_until = ?
                                 where id = ? and runner = ? and status = 'running'
                                """)
                        .param(percent)
                        .param(Timestamp.from(clock.instant().plus(lease)))
                        .params(claim.run().id(), claim.runner())
                        .update()
                == 1;
    }

    void done(Claim claim, DryRun.Result result) {
        end(claim, "done", null, json.writeValueAsString(result));
    }

    void failed(Claim claim, String code) {
        end(claim, "failed", code, null);
    }

    /** To be begun again, by whoever comes first. */
    void letGo(Claim claim) {
        jdbc.sql("update risk_dry_run set held_until = ? where id = ? and runner = ?")
                .param(Timestamp.from(Instant.EPOCH))
                .params(claim.run().id(), claim.runner())
                .update();
    }

    private void end(Claim claim, String status, @Nullable String code, @Nullable String result) {
        jdbc.sql(
                        """
                        update risk_dry_run set status = ?, failure_code = ?, result = ?, ended_at = ?,
                               progress_percent = 100, runner = null, held_until = null
                         where id = ? and runner = ? and status = 'running'
                        """)
                .param(status)
                .param(code)
                .param(result)
                .param(Timestamp.from(clock.instant()))
                .params(claim.run().id(), claim.runner())
                .update();
    }

    int forget() {
        return jdbc.sql("delete from risk_dry_run where created_at < ?")
                .param(Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }

    private DryRun read(ResultSet row) throws SQLException {
        var result = row.getString("result");
        var ended = row.getTimestamp("ended_at");
        return new DryRun(
                row.getString("id"),
                row.getString("merchant_id"),
                row.getBoolean("livemode"),
                json.readTree(row.getString("condition")),
                DryRun.Status.ofWireName(row.getString("status")),
                row.getTimestamp("begins_at").toInstant(),
                row.getTimestamp("ends_at").toInstant(),
                row.getInt("progress_percent"),
                row.getString("failure_code"),
                result == null ? null : json.readValue(result, DryRun.Result.class),
                row.getTimestamp("created_at").toInstant(),
                ended == null ? null : ended.toInstant());
    }
}

package io.ferrypay.reconcile.compare;

import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.reconcile.compare.CompareSettings.ChannelTerms;
import io.ferrypay.reconcile.compare.Reconciled.Busy;
import io.ferrypay.reconcile.compare.Reconciled.Compared;
import io.ferrypay.reconcile.compare.Reconciled.NothingToDo;
import io.ferrypay.reconcile.load.Engine;
import io.ferrypay.reconcile.load.FreezeRecords;
import io.ferrypay.reconcile.load.LoadRecords;
import io.ferrypay.reconcile.load.LoadStatement;
import io.ferrypay.reconcile.load.StatementState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and compares the statement of an account and a Beijing day. Each phase is one transaction,
 * or none while another service is asked, and leaves a state to go on from: after a death at any
 * point the next call does what is left. Running a compared day again makes a new version, which
 * tells what changed.
 */
@Service
public class ReconcileDay {

    /** The Chinese calendar has had no daylight saving since 1991. */
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final AccountLock lock;
    private final FreezeRecords freeze;
    private final LoadRecords loadRecords;
    private final LoadStatement loadStatement;
    private final FrozenAmounts amounts;
    private final RecordLookup lookup;
    private final LargeSteps steps;
    private final CompareSettings settings;
    private final Outbox outbox;
    private final JsonMapper json;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    ReconcileDay(
            AccountLock lock,
            FreezeRecords freeze,
            LoadRecords loadRecords,
            LoadStatement loadStatement,
            FrozenAmounts amounts,
            RecordLookup lookup,
            LargeSteps steps,
            CompareSettings settings,
            Outbox outbox,
            JsonMapper json,
            JdbcTemplate template,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.lock = lock;
        this.freeze = freeze;
        this.loadRecords = loadRecords;
        this.loadStatement = loadStatement;
        this.amounts = amounts;
        this.lookup = lookup;
        this.steps = steps;
        this.settings = settings;
        this.outbox = outbox;
        this.json = json;
        this.template = template;
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** What is compared: whoever finds others than these in the end begins anew. */
    private record Input(
            StatementState state,
            int statement,
            int records,
            @Nullable String billSha256,
            String recordsSha256,
            long lines,
            long bad,
            long held) {

        boolean isSame(Input other) {
            return statement == other.statement
                    && records == other.records
                    && Objects.equals(billSha256, other.billSha256);
        }

        LargeSteps.Comparison of(String accountId, LocalDate day) {
            return new LargeSteps.Comparison(
                    accountId, day, billSha256, recordsSha256, lines, held);
        }
    }

    /** Goes on from wherever the day stands; a day that is compared stays as it is. */
    public Reconciled reconcile(String accountId, LocalDate day) {
        return lock.whileLocked(accountId, () -> run(accountId, day, false)).orElseGet(Busy::new);
    }

    /**
     * Compares again, also what is compared.
     *
     * @param fresh whether our own records are taken anew; otherwise those that were frozen are
     *     compared
     */
    public Reconciled again(String accountId, LocalDate day, boolean fresh) {
        return lock.whileLocked(
                        accountId,
                        () -> {
                            if (fresh && isOver(day) && state(accountId, day) != null) {
                                freeze(accountId, day);
                            }
                            return run(accountId, day, true);
                        })
                .orElseGet(Busy::new);
    }

    private Reconciled run(String accountId, LocalDate day, boolean again) {
        var state = state(accountId, day);
        if (state == null || !isOver(day) || !isToBeCompared(state, again)) {
            return new NothingToDo(state);
        }
        transaction.executeWithoutResult(_ -> tellReopened(accountId));
        if (!freeze.isFrozen(accountId, day)) {
            freeze(accountId, day);
        }
        var _ = loadRecords.load(accountId, day);
        if (state != StatementState.EMPTY_DAY) {
            var _ = loadStatement.load(accountId, day, amounts.of(accountId, day));
        }
        var terms = settings.termsOf(channel(accountId));
        var begun = input(accountId, day);
        if (begun.isEmpty()) {
            var now = state(accountId, day);
            return now == StatementState.REFUSED ? new NothingToDo(now) : new Busy();
        }
        var paired = steps.pair(begun.get().of(accountId, day), terms.feeRate());
        lookUp(accountId, day);
        steps.findTold(accountId, day);
        return Objects.requireNonNull(
                transaction.execute(_ -> judge(accountId, day, begun.get(), paired, terms)));
    }

    /** What is of a day that goes on says nothing of how it ends. */
    private boolean isOver(LocalDate day) {
        return day.isBefore(clock.instant().atOffset(BEIJING).toLocalDate());
    }

    private static boolean isToBeCompared(StatementState state, boolean again) {
        return switch (state) {
            case NOT_DUE, NOT_READY, BAD_HASH, REFUSED -> false;
            case EMPTY_DAY, DOWNLOADED, CONVERTED -> true;
            case COMPARED, CLOSED -> again;
        };
    }

    private void freeze(String accountId, LocalDate day) {
        try {
            var _ = freeze.freeze(accountId, day);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lookUp(String accountId, LocalDate day) {
        try {
            new LookUpFindings(template, lookup, accountId, day).ask();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunSql sql(String accountId, LocalDate day) {
        return new RunSql(new NamedParameterJdbcTemplate(template), accountId, day);
    }

    private Reconciled judge(
            String accountId, LocalDate day, Input begun, Paired paired, ChannelTerms terms) {
        var now = lockedInput(accountId, day);
        if (now.isEmpty() || !now.get().isSame(begun)) {
            return new Busy();
        }
        var sql = sql(accountId, day);
        new JudgeFindings(sql, settings, terms.carryDays(), terms.feeRate()).judge();
        int version =
                Math.toIntExact(
                        1
                                + sql.count(
                                        "select coalesce(max(version), 0) from comparison where account_id = :account and day = :day"));
        long gone = endOldDifferences(sql, version);
        long added = beginNewDifferences(sql, version);
        var lines = dispositions(sql, "finding_line", "file", "");
        var records = dispositions(sql, "finding_record", "copy", " and home_day = :day");
        // The table refuses what does not add up.
        jdbc.sql(
                        """
                        insert into comparison (account_id, day, version, statement_version, records_version, lines,
                               matched, differing, carried, bad, records, records_matched, records_differing,
                               records_carried, records_elsewhere, added, gone, compared_at)
                        values (:account, :day, :version, :statement, :copy, :lines, :matched, :differing, :carried,
                               :bad, :records, :recordsMatched, :recordsDiffering, :recordsCarried, :elsewhere, :added,
                               :gone, :now)
                        """)
                .param("account", accountId)
                .param("day", day)
                .param("version", version)
                .param("statement", begun.statement())
                .param("copy", begun.records())
                .param("lines", begun.lines() + begun.bad())
                .param("matched", paired.fit() + lines.matched())
                .param("differing", lines.differing())
                .param("carried", lines.carried())
                .param("bad", countBad(sql))
                .param("records", paired.records())
                .param("recordsMatched", paired.fit() + records.matched())
                .param("recordsDiffering", records.differing())
                .param("recordsCarried", records.carried())
                .param("elsewhere", paired.elsewhere())
                .param("added", added)
                .param("gone", gone)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        sql.change("delete from finding_line where run_account = :account and run_day = :day");
        sql.change("delete from finding_record where run_account = :account and run_day = :day");
        sql.dropWorkTables();
        finish(accountId, day, added + gone > 0);
        closeAndOpen(accountId);
        return new Compared(
                version,
                begun.lines() + begun.bad(),
                paired.fit() + lines.matched(),
                lines.differing(),
                lines.carried(),
                begun.bad(),
                paired.records(),
                added,
                gone,
                state(accountId, day) == StatementState.CLOSED);
    }

    private static long countBad(RunSql sql) {
        return sql.count(
                "select count(*) from bad_line where account_id = :account and day = :day");
    }

    private record Dispositions(long matched, long differing, long carried) {}

    private static Dispositions dispositions(
            RunSql sql, String table, String source, String condition) {
        var count =
                "select count(*) from %s where run_account = :account and run_day = :day and source = '%s'%s"
                        .formatted(table, source, condition);
        return new Dispositions(
                sql.count(count + " and disposition = 'matched'"),
                sql.count(count + " and disposition = 'differing'"),
                sql.count(count + " and disposition = 'carried'"));
    }

    private static final String SAME =
            """
            f.day = d.day and f.type = d.type and f.kind = d.kind and f.subject = d.subject
                and f.theirs is not distinct from d.theirs and f.ours is not distinct from d.ours
                and f.theirs_minor is not distinct from d.theirs_minor
                and f.ours_minor is not distinct from d.ours_minor
            """;

    private static long endOldDifferences(RunSql sql, int version) {
        return sql.change(
                """
                update difference d set until_version = %d
                 where d.account_id = :account and d.run_day = :day and d.until_version is null
                   and not exists (select from work.found f where %s)
                """
                        .formatted(version, SAME));
    }

    private static long beginNewDifferences(RunSql sql, int version) {
        return sql.change(
                """
                insert into difference (account_id, run_day, day, type, kind, subject, order_number, refund_number,
                       channel_reference, line_number, theirs, ours, currency, theirs_minor, ours_minor,
                       merchant_id, owner_id, stake_currency, stake_minor, since_version)
                select :account, :day, f.day, f.type, f.kind, f.subject, f.order_number, f.refund_number,
                       f.channel_reference, f.line_number, f.theirs, f.ours, f.currency, f.theirs_minor,
                       f.ours_minor, f.merchant_id, f.owner_id, f.stake_currency, f.stake_minor, %d
                  from work.found f
                 where not exists (select from difference d where d.account_id = :account
                                      and d.run_day = :day and d.until_version is null and %s)
                """
                        .formatted(version, SAME));
    }

    /** A closed day stays closed where a repeated run says the same: it is not told again. */
    private void finish(String accountId, LocalDate day, boolean changed) {
        jdbc.sql(
                        """
                        update statement_day
                           set state = case when state = 'closed' and not :changed then 'closed' else 'compared' end,
                               bill_lines = coalesce(bill_lines, 0), bad_lines = coalesce(bad_lines, 0),
                               aside_lines = coalesce(aside_lines, 0), changed_at = :now
                         where account_id = :account and day = :day
                        """)
                .param("changed", changed)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("account", accountId)
                .param("day", day)
                .update();
    }

    private static final String SOMETHING_OPEN =
            """
            (exists (select from difference d where d.account_id = s.account_id and d.day = s.day
                        and d.until_version is null and d.cleared_day is null and d.type <> 'late'
                        and d.resolved_at is null)
             or exists (select from carried c where c.account_id = s.account_id and c.opened_day = s.day
                        and c.cleared_day is null and c.judged_day is null))
            """;

    /** What one day's run finds can settle another day, or undo that. */
    private void closeAndOpen(String accountId) {
        jdbc.sql(
                        "update statement_day s set state = 'compared' where account_id = ? and state = 'closed' and "
                                + SOMETHING_OPEN)
                .param(accountId)
                .update();
        var closed =
                jdbc.sql(
                                """
                                update statement_day s set state = 'closed', closings = closings + 1, changed_at = :now,
                                       told_closed = true
                                 where account_id = :account and state = 'compared' and not %s
                                   and (not handed_in or confirmed_by is not null)
                                returning day, closings,
                                    (select max(version) from comparison c
                                      where c.account_id = s.account_id and c.day = s.day) as version
                                """
                                        .formatted(SOMETHING_OPEN))
                        .param("account", accountId)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .query((row, _) -> closed(row))
                        .list();
        for (var day : closed) {
            outbox.append(event("channel_day.reconciled", accountId, day));
        }
        tellReopened(accountId);
    }

    /** Whoever was told that a day is closed hears of it when it is not any more. */
    private void tellReopened(String accountId) {
        var reopened =
                jdbc.sql(
                                """
                                update statement_day s set told_closed = false, closings = closings + 1
                                 where account_id = ? and told_closed and state <> 'closed'
                                returning day, closings,
                                    (select max(version) from comparison c
                                      where c.account_id = s.account_id and c.day = s.day) as version
                                """)
                        .param(accountId)
                        .query((row, _) -> closed(row))
                        .list();
        for (var day : reopened) {
            outbox.append(event("channel_day.reopened", accountId, day));
        }
    }

    private static Closed closed(ResultSet row) throws SQLException {
        return new Closed(
                row.getObject("day", LocalDate.class),
                row.getInt("closings"),
                row.getInt("version"));
    }

    /**
     * Somebody vouches for the file that was handed in for a day: it may be closed.
     *
     * @param sha256 of the file they mean
     * @param who not the one who handed it in
     * @return whether that is the file that was compared
     */
    public boolean confirm(String accountId, LocalDate day, String sha256, String who) {
        return Boolean.TRUE.equals(
                transaction.execute(_ -> {
                    int confirmed =
                            jdbc.sql(
                                            """
                                            update statement_day set confirmed_by = ?
                                             where account_id = ? and day = ? and sha256 = ? and handed_in
                                               and handed_in_by is distinct from ?
                                               and state = 'compared'
                                            """)
                                    .params(who, accountId, day, sha256, who)
                                    .update();
                    closeAndOpen(accountId);
                    return confirmed == 1;
                }));
    }

    /**
     * It was decided what becomes of a difference, so its day may be closed although it stands. In
     * the caller's transaction. What is not a difference any more stays as it is.
     */
    public void resolve(long differenceId, String resolution, Instant at) {
        jdbc.sql(
                        """
                        update difference set resolution = ?, resolved_at = ?
                         where id = ? and until_version is null and resolved_at is null
                        returning account_id
                        """)
                .params(resolution, at.atOffset(ZoneOffset.UTC), differenceId)
                .query(String.class)
                .optional()
                .ifPresent(this::closeAndOpen);
    }

    /**
     * Has the day of a difference compared again from that time on, with our records taken anew. In
     * the caller's transaction.
     */
    public void lookAgain(long differenceId, Instant from) {
        jdbc.sql(
                        """
                        update statement_day s set recheck_at = ?, rechecks = 0
                          from difference d
                         where d.id = ? and s.account_id = d.account_id and s.day in (d.day, d.run_day)
                        """)
                .params(from.atOffset(ZoneOffset.UTC), differenceId)
                .update();
    }

    private record Closed(LocalDate day, int closings, int version) {}

    private Event event(String type, String accountId, Closed closed) {
        var data = json.createObjectNode();
        data.put("channel", channel(accountId));
        data.put("livemode", livemode(accountId));
        data.put("account", accountId);
        data.put("day", closed.day().toString());
        data.put("version", closed.version());
        var accounts = data.putArray("accounts");
        accountsBeside(accountId, closed.day()).forEach(accounts::add);
        return Event.of(
                type, accountId + ":" + closed.day(), closed.closings(), clock.instant(), data);
    }

    private String channel(String accountId) {
        return jdbc.sql("select channel from channel_account where account_id = ?")
                .param(accountId)
                .query(String.class)
                .optional()
                .orElse("");
    }

    private boolean livemode(String accountId) {
        return jdbc.sql("select livemode from channel_account where account_id = ?")
                .param(accountId)
                .query(Boolean.class)
                .single();
    }

    /** All accounts, this one included, that its channel has a statement of that day for. */
    private List<String> accountsBeside(String accountId, LocalDate day) {
        return jdbc.sql(
                        """
                        select beside.account_id from channel_account own
                          join channel_account beside using (channel, livemode)
                          join statement_day s on s.account_id = beside.account_id and s.day = ?
                         where own.account_id = ?
                         order by beside.account_id
                        """)
                .params(day, accountId)
                .query((row, _) -> row.getString(1))
                .list();
    }

    private @Nullable StatementState state(String accountId, LocalDate day) {
        return jdbc.sql("select upper(state) from statement_day where account_id = ? and day = ?")
                .param(accountId)
                .param(day)
                .query(String.class)
                .optional()
                .map(StatementState::valueOf)
                .orElse(null);
    }

    private Optional<Input> input(String accountId, LocalDate day) {
        return input(accountId, day, "");
    }

    private Optional<Input> lockedInput(String accountId, LocalDate day) {
        return input(accountId, day, " for update of s, r");
    }

    /** Empty unless both sides are where they are compared. */
    private Optional<Input> input(String accountId, LocalDate day, String locking) {
        return jdbc.sql(
                        """
                        select upper(s.state) as state, s.version, r.version as records, r.records as held,
                               s.bill_sha256, r.sha256 as records_sha256, coalesce(s.bill_lines, 0) as lines, coalesce(s.bad_lines, 0) as bad
                          from statement_day s
                          join record_day r on r.account_id = s.account_id and r.day = s.day
                         where s.account_id = :account and s.day = :day
                           and case when :files then s.sha256 is null or s.bill_sha256 is not null
                                    else s.bill_sha256 is null and r.loaded end
                           and s.state in ('empty_day', 'converted', 'compared', 'closed')
                        """
                                + locking)
                .params(
                        Map.of(
                                "account",
                                accountId,
                                "day",
                                day,
                                "files",
                                steps.engine() == Engine.SPARK))
                .query((row, _) ->
                        new Input(
                                StatementState.valueOf(row.getString("state")),
                                row.getInt("version"),
                                row.getInt("records"),
                                row.getString("bill_sha256"),
                                row.getString("records_sha256"),
                                row.getLong("lines"),
                                row.getLong("bad"),
                                row.getLong("held")))
                .optional();
    }
}

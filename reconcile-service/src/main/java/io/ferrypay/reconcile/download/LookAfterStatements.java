package io.ferrypay.reconcile.download;

import io.ferrypay.reconcile.compare.ReconcileDay;
import io.ferrypay.reconcile.compare.Reconciled;
import io.ferrypay.reconcile.convert.StatementFormat;
import io.ferrypay.reconcile.handling.TellDifferences;
import io.ferrypay.reconcile.load.StatementState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Brings each past day of each account as far as it can come: asks for its statement when that is
 * due, again and again, and compares it once it is there. {@code reconcile.statements.overdue}
 * tells how many are missing after their deadline or can't be read.
 */
@Service
public class LookAfterStatements {

    private static final Logger log = LoggerFactory.getLogger(LookAfterStatements.class);

    /** The Chinese calendar has had no daylight saving since 1991. */
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    /** From 20 s to half a day apart. */
    private static final int MOST_RECHECKS = 12;

    private final PaymentService payments;
    private final DownloadStatement download;
    private final ReconcileDay reconcile;
    private final TellDifferences tell;
    private final JdbcClient jdbc;
    private final DownloadSettings settings;
    private final Clock clock;
    private final UnreconciledValue unreconciled;
    private final AtomicReference<Number> overdue = new AtomicReference<>(Double.NaN);

    LookAfterStatements(
            PaymentService payments,
            DownloadStatement download,
            ReconcileDay reconcile,
            TellDifferences tell,
            JdbcClient jdbc,
            DownloadSettings settings,
            Clock clock,
            UnreconciledValue unreconciled,
            MeterRegistry metrics) {
        this.payments = payments;
        this.download = download;
        this.reconcile = reconcile;
        this.tell = tell;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
        this.unreconciled = unreconciled;
        Gauge.builder("reconcile.statements.overdue", overdue, known -> known.get().doubleValue())
                .description("Statements that are missing after their deadline, or can't be read")
                .register(metrics);
    }

    /**
     * What one round did.
     *
     * @param examined days looked at
     * @param changed of these, now in another state
     * @param unknown of these, left for a later round because something failed
     */
    public record Round(int examined, int changed, int unknown) {}

    private record Waiting(String account, String channel, LocalDate day, StatementState state) {}

    /**
     * At most so many days, the oldest first: what is carried goes from day to day.
     *
     * @throws IOException when payment-channel-service does not say which accounts there are
     */
    public Round look(int limit) throws IOException {
        learnAccounts();
        int examined = 0;
        int changed = 0;
        int unknown = 0;
        for (var one : waiting(limit)) {
            examined++;
            try {
                if (advance(one)) {
                    changed++;
                }
            } catch (RuntimeException e) {
                unknown++;
                log.error("{} of {} could not be reconciled", one.account(), one.day(), e);
                retryLater(one);
            }
        }
        lookAgain();
        tell.tell();
        overdue.set(countOverdue());
        unreconciled.measure();
        return new Round(examined, changed, unknown);
    }

    private record Recheck(String account, LocalDate day, boolean virtual) {}

    /** Days of which channels were asked about an order. What fails is tried with the next one. */
    private void lookAgain() {
        for (var one : rechecks()) {
            try {
                if (one.virtual()) {
                    // Its channel has no file: what it answers now is a statement of its own.
                    var _ = download.download(one.account(), one.day());
                }
                var came = reconcile.again(one.account(), one.day(), true);
                log.info("{} of {}, once more: {}", one.account(), one.day(), came);
            } catch (RuntimeException e) {
                log.error("{} of {} could not be compared again", one.account(), one.day(), e);
            }
        }
    }

    /** Taking one says when it is taken next, longer each time; after a day of that no more. */
    private List<Recheck> rechecks() {
        return jdbc.sql(
                        """
                        update statement_day s
                           set rechecks = s.rechecks + 1,
                               recheck_at = case when s.rechecks + 1 < :most and s.state <> 'closed'
                                                 then :now + make_interval(secs => 20 * power(2, s.rechecks)) end
                         where (s.account_id, s.day) in
                               (select account_id, day from statement_day where recheck_at <= :now
                                 order by recheck_at limit 10 for update skip locked)
                        returning s.account_id, s.day, coalesce(s.format = :virtual, false)
                        """)
                .param("virtual", StatementFormat.PAYEASE_VIRTUAL.wireName())
                .param("most", MOST_RECHECKS)
                .param("now", now())
                .query((row, _) ->
                        new Recheck(
                                row.getString(1),
                                row.getObject(2, LocalDate.class),
                                row.getBoolean(3)))
                .list();
    }

    private void learnAccounts() throws IOException {
        for (var account : payments.accounts()) {
            jdbc.sql(
                            """
                            insert into channel_account (account_id, channel, livemode) values (?, ?, ?)
                            on conflict on constraint an_account_is_listed_once do update
                               set channel = excluded.channel, livemode = excluded.livemode
                            """)
                    .param(account.id())
                    .param(account.channel())
                    .param(account.livemode())
                    .update();
        }
        var today = clock.instant().atOffset(BEIJING).toLocalDate();
        for (int i = settings.days(); i > 0; i--) {
            var day = today.minusDays(i);
            jdbc.sql(
                            """
                            insert into statement_day (account_id, day, state, changed_at)
                            select account_id, :day, 'not_due', :now from channel_account
                            on conflict on constraint an_account_has_one_statement_a_day do nothing
                            """)
                    .param("day", day)
                    .param("now", now())
                    .update();
        }
    }

    /** Those whose next step is due. */
    private List<Waiting> waiting(int limit) {
        return jdbc
                .sql(
                        """
                        select s.account_id, s.day, upper(s.state) as state, a.channel
                          from statement_day s join channel_account a on a.account_id = s.account_id
                         where s.state in ('not_due', 'not_ready', 'bad_hash', 'empty_day', 'downloaded', 'converted')
                           and s.day >= :first and (s.next_try_at is null or s.next_try_at <= :now)
                         order by s.day, s.account_id
                        """)
                .param("first", clock.instant().atOffset(BEIJING).toLocalDate().minusDays(60))
                .param("now", now())
                .query((row, _) ->
                        new Waiting(
                                row.getString("account_id"),
                                row.getString("channel"),
                                row.getObject("day", LocalDate.class),
                                StatementState.valueOf(row.getString("state"))))
                .list()
                .stream()
                .filter(one ->
                        isThere(one.state())
                                || !clock.instant().isBefore(dueAt(one.channel(), one.day())))
                .limit(limit)
                .toList();
    }

    private static boolean isThere(StatementState state) {
        return switch (state) {
            case EMPTY_DAY, DOWNLOADED, CONVERTED -> true;
            case NOT_DUE, NOT_READY, BAD_HASH, REFUSED, COMPARED, CLOSED -> false;
        };
    }

    private Instant dueAt(String channel, LocalDate day) {
        return day.plusDays(1).atTime(settings.readyAt(channel)).toInstant(BEIJING);
    }

    private boolean advance(Waiting one) {
        var state =
                isThere(one.state()) ? one.state() : download.download(one.account(), one.day());
        if (!isThere(state)) {
            retryLater(one);
            return state != one.state();
        }
        return switch (reconcile.reconcile(one.account(), one.day())) {
            case Reconciled.Compared compared -> {
                log.info("{} of {}: {}", one.account(), one.day(), compared);
                yield true;
            }
            case Reconciled.NothingToDo nothing -> nothing.state() != one.state();
            case Reconciled.Busy _ -> false;
        };
    }

    private void retryLater(Waiting one) {
        jdbc.sql("update statement_day set next_try_at = ? where account_id = ? and day = ?")
                .param(clock.instant().plus(settings.retry()).atOffset(ZoneOffset.UTC))
                .param(one.account())
                .param(one.day())
                .update();
    }

    private long countOverdue() {
        return jdbc
                .sql(
                        """
                        select s.day, s.state, a.channel
                          from statement_day s join channel_account a on a.account_id = s.account_id
                         where s.state in ('not_due', 'not_ready', 'bad_hash', 'refused', 'downloaded', 'converted', 'empty_day')
                        """)
                .query((row, _) ->
                        row.getString("state").equals("refused")
                                || clock.instant()
                                        .isAfter(
                                                dueAt(
                                                                row.getString("channel"),
                                                                row.getObject(
                                                                        "day", LocalDate.class))
                                                        .plus(settings.deadline())))
                .list()
                .stream()
                .filter(late -> late)
                .count();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}

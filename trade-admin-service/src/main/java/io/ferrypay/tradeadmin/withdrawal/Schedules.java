package io.ferrypay.tradeadmin.withdrawal;

import io.ferrypay.money.Currency;
import io.ferrypay.money.Money;
import io.ferrypay.tradeadmin.ledger.Book;
import io.ferrypay.tradeadmin.withdrawal.KeepSchedules.Run;
import io.ferrypay.tradeadmin.withdrawal.WithdrawalSchedule.Every;
import io.ferrypay.tradeadmin.withdrawal.WithdrawalSchedule.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Every schedule of withdrawals, and what came of its days. */
@Repository
class Schedules {

    private final JdbcClient jdbc;

    Schedules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False where the balance has a schedule already. */
    boolean add(WithdrawalSchedule one) {
        var above = one.above();
        return jdbc.sql(
                                """
                                insert into withdrawal_schedule
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (book, merchant_id, currency) where status <> 'ended'
                                do nothing
                                """)
                        .param(one.id())
                        .param(one.book().wireName())
                        .param(one.merchantId())
                        .param(one.keep().currency().code())
                        .param(one.bankAccountId())
                        .param(one.every().wireName())
                        .param(one.weekday() == null ? null : one.weekday().getValue())
                        .param(one.monthDay())
                        .param(above == null ? null : above.minorUnits())
                        .param(one.keep().minorUnits())
                        .param(one.reference())
                        .param(one.status().wireName())
                        .param(one.nextOn())
                        .param(Timestamp.from(one.createdAt()))
                        .param(Timestamp.from(one.changedAt()))
                        .update()
                == 1;
    }

    Optional<WithdrawalSchedule> find(Book book, String merchantId, String id) {
        return jdbc.sql(
                        "select * from withdrawal_schedule"
                                + " where book = ? and merchant_id = ? and id = ?")
                .params(book.wireName(), merchantId, id)
                .query((row, _) -> schedule(row))
                .optional();
    }

    /** Those that are not over, the newest first. */
    List<WithdrawalSchedule> list(Book book, String merchantId) {
        return jdbc.sql(
                        "select * from withdrawal_schedule where book = ? and merchant_id = ?"
                                + " and status <> 'ended' order by id desc")
                .params(book.wireName(), merchantId)
                .query((row, _) -> schedule(row))
                .list();
    }

    /** False where it is over. */
    boolean move(String id, Status next, LocalDate nextOn, Instant now) {
        return jdbc.sql(
                                """
                                update withdrawal_schedule set status = ?, next_on = ?, changed_at = ?
                                 where id = ? and status <> 'ended'
                                """)
                        .params(next.wireName(), nextOn, Timestamp.from(now), id)
                        .update()
                == 1;
    }

    /** Some that it is time for, in the order of their ids. */
    List<String> due(LocalDate today, String after, int limit) {
        return jdbc.sql(
                        """
                        select id from withdrawal_schedule
                         where status = 'active' and next_on <= ? and id > ? order by id limit ?
                        """)
                .params(today, after, limit)
                .query((row, _) -> row.getString(1))
                .list();
    }

    /** If it is still time for it: of two who try, one waits and finds that it is not. */
    Optional<WithdrawalSchedule> lockDue(String id, LocalDate today) {
        return jdbc.sql(
                        """
                        select * from withdrawal_schedule
                         where id = ? and status = 'active' and next_on <= ? for update
                        """)
                .params(id, today)
                .query((row, _) -> schedule(row))
                .optional();
    }

    /** False where that day had its run already. */
    boolean ran(
            WithdrawalSchedule one,
            LocalDate day,
            @Nullable String withdrawalId,
            @Nullable String skipped,
            Instant now) {
        jdbc.sql("update withdrawal_schedule set next_on = ? where id = ?")
                .params(one.firstAfter(day), one.id())
                .update();
        return jdbc.sql(
                                """
                                insert into withdrawal_schedule_run values (?, ?, ?, ?, ?)
                                on conflict on constraint a_schedule_runs_once_a_day do nothing
                                """)
                        .param(one.id())
                        .param(day)
                        .param(withdrawalId)
                        .param(skipped)
                        .param(Timestamp.from(now))
                        .update()
                == 1;
    }

    boolean hasRun(String id, LocalDate day) {
        return jdbc.sql(
                                "select count(*) from withdrawal_schedule_run"
                                        + " where schedule_id = ? and run_on = ?")
                        .params(id, day)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The newest first. */
    List<Run> runs(String id, int limit) {
        return jdbc.sql(
                        "select * from withdrawal_schedule_run where schedule_id = ?"
                                + " order by run_on desc limit ?")
                .params(id, limit)
                .query((row, _) ->
                        new Run(
                                row.getObject("run_on", LocalDate.class),
                                row.getString("withdrawal_id"),
                                row.getString("skipped")))
                .list();
    }

    private static WithdrawalSchedule schedule(ResultSet row) throws SQLException {
        var currency = Currency.of(row.getString("currency"));
        var weekday = row.getObject("weekday", Integer.class);
        var above = row.getObject("above_minor", Long.class);
        return new WithdrawalSchedule(
                row.getString("id"),
                Book.ofWireName(row.getString("book")).orElseThrow(),
                row.getString("merchant_id"),
                row.getString("bank_account_id"),
                Every.of(row.getString("every")),
                weekday == null ? null : DayOfWeek.of(weekday),
                row.getObject("month_day", Integer.class),
                above == null ? null : new Money(above, currency),
                new Money(row.getLong("keep_minor"), currency),
                row.getString("reference"),
                Status.of(row.getString("status")),
                row.getObject("next_on", LocalDate.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("changed_at").toInstant());
    }
}

package io.ferrypay.reconcile.load;

import io.ferrypay.reconcile.convert.BadLine;
import io.ferrypay.reconcile.convert.Conversion.Converted;
import io.ferrypay.reconcile.convert.Conversion.Refused;
import io.ferrypay.reconcile.convert.ConvertStatement;
import io.ferrypay.reconcile.convert.KnownAmounts;
import io.ferrypay.reconcile.convert.StatementFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads a downloaded statement into the standard bill: into the tables, or into a file of the store
 * where Spark compares. All of it happens in one transaction that holds the lock of the account's
 * day: two instances do it once, and after a death at any point nothing of it is there and it is
 * done again from the start.
 */
@Service
public class LoadStatement {

    private static final int BATCH = 1_000;
    private static final String TOO_MANY_BAD = "too_many_bad_lines";

    private final FileStore files;
    private final ConvertStatement convertStatement;
    private final DayPartitions partitions;
    private final Engine engine;
    private final DataSource dataSource;
    private final JdbcTemplate template;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;

    LoadStatement(
            FileStore files,
            ConvertStatement convertStatement,
            DayPartitions partitions,
            LoadSettings settings,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.files = files;
        this.convertStatement = convertStatement;
        this.partitions = partitions;
        this.engine = settings.engine();
        this.dataSource = dataSource;
        this.template = new JdbcTemplate(dataSource);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    private record Waiting(StatementFormat format, String sha256) {}

    /** A file of no use, found while its lines were on their way: none of them may stay. */
    private static final class OfNoUse extends RuntimeException {

        private final String reason;

        OfNoUse(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }

    /**
     * Reads also what was read for another engine; then the day's state stays as it is.
     *
     * @return what it came to; empty when there was nothing to do, or another instance is at it
     * @throws UncheckedIOException when the stored file cannot be read; then nothing has changed
     */
    public Optional<StatementState> load(String accountId, LocalDate day, KnownAmounts known) {
        return load(accountId, day, known, "(state = 'downloaded' or " + READ_FOR_ANOTHER + ")");
    }

    /**
     * Reads what was read for another engine, and nothing else.
     *
     * @throws UncheckedIOException as of {@link #load}
     */
    public void bringHere(String accountId, LocalDate day, KnownAmounts known) {
        var _ = load(accountId, day, known, READ_FOR_ANOTHER);
    }

    private static final String READ_FOR_ANOTHER =
            """
            (state in ('converted', 'compared', 'closed') and sha256 is not null and (bill_sha256 is not null) <> :file)
            """;

    private Optional<StatementState> load(
            String accountId, LocalDate day, KnownAmounts known, String which) {
        if (engine == Engine.POSTGRESQL) {
            partitions.add("bill_line", day);
        }
        try {
            return Optional.ofNullable(
                    transaction.execute(_ -> {
                        var waiting = lock(accountId, day, which);
                        if (waiting.isEmpty()) {
                            return null;
                        }
                        forget(accountId, day);
                        return fill(accountId, day, waiting.get(), known);
                    }));
        } catch (OfNoUse e) {
            return refuse(accountId, day, e.reason);
        }
    }

    /** Does not wait: whoever has the lock does the work. */
    private Optional<Waiting> lock(String accountId, LocalDate day, String which) {
        return jdbc.sql(
                        """
                        select format, sha256 from statement_day
                         where account_id = :account and day = :day and %s
                           for update skip locked
                        """
                                .formatted(which))
                .param("account", accountId)
                .param("day", day)
                .param("file", engine == Engine.SPARK)
                .query((row, _) ->
                        new Waiting(
                                StatementFormat.ofWireName(row.getString("format")).orElseThrow(),
                                row.getString("sha256")))
                .optional();
    }

    private void forget(String accountId, LocalDate day) {
        for (var table : List.of("bill_line", "bad_line", "total_difference")) {
            template.update(
                    "delete from " + table + " where account_id = ? and day = ?", accountId, day);
        }
    }

    private StatementState fill(
            String accountId, LocalDate day, Waiting waiting, KnownAmounts known) {
        var connection = DataSourceUtils.getConnection(dataSource);
        try (var place = place(connection)) {
            var lines = new CopyLines(place, accountId, day);
            var result =
                    convertStatement.convert(
                            waiting.format(), () -> files.open(waiting.sha256()), known, lines);
            return switch (result) {
                case Refused(var reason) -> throw new OfNoUse(CopyLines.stored(reason));
                case Converted converted -> {
                    long copied = lines.finish();
                    if (copied != converted.lines() || lines.badLines().size() != converted.bad()) {
                        throw new IllegalStateException(
                                "%d of %d lines were taken".formatted(copied, converted.lines()));
                    }
                    keepBad(accountId, day, lines.badLines());
                    keepTotals(accountId, day, converted);
                    finish(accountId, day, converted, place.sha256());
                    yield StatementState.CONVERTED;
                }
            };
        } catch (CopyLines.TooManyBad _) {
            throw new OfNoUse(TOO_MANY_BAD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("The lines could not be copied", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private BillPlace place(Connection connection) throws IOException, SQLException {
        return switch (engine) {
            case POSTGRESQL -> BillPlace.table(connection);
            case SPARK -> BillPlace.file(files);
        };
    }

    private void keepBad(String accountId, LocalDate day, List<BadLine> lines) {
        template.batchUpdate(
                "insert into bad_line (account_id, day, line_number, byte_offset, bytes, reason, column_number)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                lines,
                BATCH,
                (statement, line) -> {
                    statement.setString(1, accountId);
                    statement.setObject(2, day);
                    statement.setLong(3, line.number());
                    statement.setLong(4, line.offset());
                    statement.setLong(5, line.bytes());
                    statement.setString(6, CopyLines.stored(line.reason()));
                    statement.setObject(7, line.column(), Types.INTEGER);
                });
    }

    private void keepTotals(String accountId, LocalDate day, Converted converted) {
        for (int i = 0; i < converted.totals().size(); i++) {
            var total = converted.totals().get(i);
            template.update(
                    "insert into total_difference (account_id, day, number, total, theirs, ours)"
                            + " values (?, ?, ?, ?, ?, ?)",
                    accountId,
                    day,
                    i + 1,
                    total.total(),
                    total.theirs(),
                    total.ours());
        }
    }

    private void finish(
            String accountId, LocalDate day, Converted converted, @Nullable String bill) {
        jdbc.sql(
                        """
                        update statement_day
                           set state = case when state = 'downloaded' then 'converted' else state end,
                               bill_lines = :lines, bad_lines = :bad, aside_lines = :aside, bill_sha256 = :bill,
                               changed_at = :now
                         where account_id = :account and day = :day
                        """)
                .param("lines", converted.lines())
                .param("bad", converted.bad())
                .param("aside", converted.aside())
                .param("bill", bill)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("account", accountId)
                .param("day", day)
                .update();
    }

    /** In a transaction of its own, as that of the lines is undone. */
    private Optional<StatementState> refuse(String accountId, LocalDate day, String reason) {
        return Optional.ofNullable(
                transaction.execute(_ -> {
                    if (lock(accountId, day, "state = 'downloaded'").isEmpty()) {
                        return null;
                    }
                    forget(accountId, day);
                    jdbc.sql(
                                    """
                                    update statement_day
                                       set state = 'refused', refused_reason = :reason, changed_at = :now
                                     where account_id = :account and day = :day
                                    """)
                            .param("reason", reason)
                            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                            .param("account", accountId)
                            .param("day", day)
                            .update();
                    return StatementState.REFUSED;
                }));
    }
}

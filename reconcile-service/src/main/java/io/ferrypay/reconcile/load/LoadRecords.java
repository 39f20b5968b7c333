package io.ferrypay.reconcile.load;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the frozen records of an account's day into the table, in one transaction that holds the
 * lock of the copy: two instances do it once, and after a death nothing of it is there.
 */
@Service
public class LoadRecords {

    private static final int PIECE = 64 * 1024;

    private final FileStore files;
    private final DayPartitions partitions;
    private final Engine engine;
    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    LoadRecords(
            FileStore files,
            DayPartitions partitions,
            LoadSettings settings,
            DataSource dataSource,
            PlatformTransactionManager transactions) {
        this.files = files;
        this.partitions = partitions;
        this.engine = settings.engine();
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Waiting(String sha256, long records) {}

    /**
     * @return whether it was done here; false when there was nothing to do, or another instance is
     *     at it
     * @throws UncheckedIOException when the stored file cannot be read; then nothing has changed
     */
    public boolean load(String accountId, LocalDate day) {
        if (engine == Engine.SPARK) {
            return false; // It reads the file itself.
        }
        partitions.add("platform_record", day);
        return Boolean.TRUE.equals(
                transaction.execute(_ -> {
                    var waiting =
                            jdbc.sql(
                                            """
                                            select sha256, records from record_day
                                             where account_id = ? and day = ? and not loaded
                                               for update skip locked
                                            """)
                                    .param(accountId)
                                    .param(day)
                                    .query((row, _) ->
                                            new Waiting(row.getString(1), row.getLong(2)))
                                    .optional();
                    if (waiting.isEmpty()) {
                        return false;
                    }
                    jdbc.sql("delete from platform_record where account_id = ? and day = ?")
                            .param(accountId)
                            .param(day)
                            .update();
                    copy(accountId, day, waiting.get());
                    jdbc.sql("update record_day set loaded = true where account_id = ? and day = ?")
                            .param(accountId)
                            .param(day)
                            .update();
                    return true;
                }));
    }

    private void copy(String accountId, LocalDate day, Waiting waiting) {
        var connection = DataSourceUtils.getConnection(dataSource);
        try (var in = files.open(waiting.sha256())) {
            var copy =
                    connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy platform_record from stdin");
            try {
                var out = new Numbered(copy, day + "\t" + accountId + "\t");
                out.lines(in, waiting.records());
                long copied = copy.endCopy();
                if (copied != waiting.records()) {
                    throw new IllegalStateException(
                            "%d of %d records were taken".formatted(copied, waiting.records()));
                }
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("The records could not be copied", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Puts day, account and a number before each line. */
    private static final class Numbered {

        private final org.postgresql.copy.CopyIn copy;
        private final byte[] start;
        private final byte[] buffer = new byte[PIECE];
        private int filled;

        Numbered(org.postgresql.copy.CopyIn copy, String start) {
            this.copy = copy;
            this.start = start.getBytes(StandardCharsets.UTF_8);
        }

        void lines(InputStream in, long count) throws IOException, SQLException {
            var piece = new byte[PIECE];
            long line = 0;
            boolean begins = true;
            while (line < count) {
                int read = in.read(piece);
                if (read < 0) {
                    throw new EOFException("a stored file is shorter than it was");
                }
                int from = 0;
                for (int i = 0; i < read && line < count; i++) {
                    if (begins) {
                        begins = false;
                        write(start, 0, start.length);
                        var number = (line + 1 + "\t").getBytes(StandardCharsets.US_ASCII);
                        write(number, 0, number.length);
                    }
                    if (piece[i] == '\n') {
                        write(piece, from, i + 1 - from);
                        from = i + 1;
                        line++;
                        begins = true;
                    }
                }
                if (line < count) {
                    write(piece, from, read - from);
                }
            }
            copy.writeToCopy(buffer, 0, filled);
        }

        private void write(byte[] bytes, int from, int length) throws SQLException {
            if (buffer.length - filled < length) {
                copy.writeToCopy(buffer, 0, filled);
                filled = 0;
                if (length > buffer.length) {
                    copy.writeToCopy(bytes, from, length);
                    return;
                }
            }
            System.arraycopy(bytes, from, buffer, filled, length);
            filled += length;
        }
    }
}

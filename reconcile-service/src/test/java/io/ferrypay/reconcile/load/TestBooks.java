package io.ferrypay.reconcile.load;

import io.ferrypay.reconcile.convert.ConvertStatement;
import io.ferrypay.reconcile.convert.StatementFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Both sides as the service keeps them, for tests of what comes after. */
public final class TestBooks {

    private final LoadSettings settings;
    private final ReceiveStatement receive;
    private final FreezeRecords freeze;
    private final LoadRecords loadRecords;
    private final LoadStatement loadStatement;

    public TestBooks(DataSource dataSource, Path folder, RecordSource source) {
        this(dataSource, folder, source, Engine.POSTGRESQL);
    }

    public TestBooks(DataSource dataSource, Path folder, RecordSource source, Engine engine) {
        settings = new LoadSettings(folder, Duration.ofMinutes(30), engine);
        var jdbc = JdbcClient.create(dataSource);
        var transactions = new JdbcTransactionManager(dataSource);
        var files = new FolderStore(folder);
        var clock = Clock.systemUTC();
        var partitions = new DayPartitions(jdbc, transactions);
        receive = new ReceiveStatement(files, jdbc, clock);
        freeze = new FreezeRecords(source, files, jdbc, settings, clock);
        loadRecords = new LoadRecords(files, partitions, settings, dataSource, transactions);
        loadStatement =
                new LoadStatement(
                        files,
                        new ConvertStatement(),
                        partitions,
                        settings,
                        dataSource,
                        transactions,
                        clock);
    }

    public LoadSettings settings() {
        return settings;
    }

    public FreezeRecords freeze() {
        return freeze;
    }

    public LoadRecords loadRecords() {
        return loadRecords;
    }

    public LoadStatement loadStatement() {
        return loadStatement;
    }

    public void received(String account, LocalDate day, StatementFormat format, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            var sha256 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            var _ =
                    receive.file(
                            account, day, format, sha256, true, new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public void empty(String account, LocalDate day) {
        receive.nothing(account, day, StatementState.EMPTY_DAY);
    }
}

package io.ferrypay.testkit;

import io.ferrypay.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL from its embedded binaries; data in a temporary folder that goes away with the JVM.
 */
final class EmbeddedServer implements PostgresServer {
    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final String PREFIX = "ferry-test-postgres-";
    private static final Duration TIME_TO_START = Duration.ofMinutes(2);

    private final LocalPostgres postgres;

    private EmbeddedServer(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    static EmbeddedServer start() {
        try {
            removeAbandoned();
            var folder = Files.createTempDirectory(PREFIX);
            var postgres = LocalPostgres.start(folder, 0, false);
            Runtime.getRuntime()
                    .addShutdownHook(
                            new Thread(
                                    () -> {
                                        postgres.close();
                                        try {
                                            FileSystemUtils.deleteRecursively(folder);
                                        } catch (IOException e) {
                                            throw new UncheckedIOException(e);
                                        }
                                    },
                                    "stop-test-postgres"));
            return new EmbeddedServer(postgres);
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary folder for PostgreSQL", e);
        }
    }

    @Override
    public DataSource admin(String database) {
        return postgres.admin(database);
    }

    @Override
    public String jdbcUrl(String database) {
        return postgres.jdbcUrl(database);
    }

    /** What test JVMs that were killed have left running. */
    private static void removeAbandoned() throws IOException {
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        var young = Instant.now().minus(TIME_TO_START);
        try (var folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (var folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(young)
                        && LocalPostgres.stopAbandoned(folder)) {
                    FileSystemUtils.deleteRecursively(folder);
                }
            }
        } catch (NoSuchFileException | DirectoryIteratorException e) {
            log.debug("Another test JVM is tidying up as well", e);
        }
    }
}

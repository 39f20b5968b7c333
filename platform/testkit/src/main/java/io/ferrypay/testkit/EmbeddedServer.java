package io.ferrypay.testkit;

import io.ferrypay.postgres.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import javax.sql.DataSource;
import org.springframework.util.FileSystemUtils;

/**
 * PostgreSQL from its embedded binaries; data in a temporary folder that goes away with the JVM.
 */
final class EmbeddedServer implements PostgresServer {
    private final LocalPostgres postgres;

    private EmbeddedServer(LocalPostgres postgres) {
        this.postgres = postgres;
    }

    static EmbeddedServer start() {
        try {
            var folder = Files.createTempDirectory("ferry-test-postgres");
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
        return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database;
    }
}

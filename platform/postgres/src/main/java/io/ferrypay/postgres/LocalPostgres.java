package io.ferrypay.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** One PostgreSQL server on the loopback address, with its data kept in a folder. */
public final class LocalPostgres implements AutoCloseable {
    private static final String DATABASE = "ferrypay";

    private final EmbeddedPostgres server;

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    public static LocalPostgres start(Path dataDir, int port, boolean durable) {
        var safety = durable ? "on" : "off";
        var settings =
                Map.of(
                        "max_connections", "200",
                        "shared_buffers", "256MB",
                        "max_wal_size", "4GB",
                        "min_wal_size", "512MB",
                        "listen_addresses", "127.0.0.1",
                        "fsync", safety,
                        "synchronous_commit", safety,
                        "full_page_writes", safety);
        var builder =
                EmbeddedPostgres.builder()
                        .setDataDirectory(dataDir)
                        .setCleanDataDirectory(false)
                        .setPort(port);
        settings.forEach(builder::setServerConfig);
        try {
            var server = builder.start();
            try (var connection = server.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement();
                    var found =
                            statement.executeQuery(
                                    "select 1 from pg_database where datname = '"
                                            + DATABASE
                                            + "'")) {
                if (!found.next()) {
                    statement.execute("create database " + DATABASE);
                }
            }
            return new LocalPostgres(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + DATABASE;
    }

    public DataSource admin() {
        return admin(DATABASE);
    }

    public DataSource admin(String database) {
        return server.getDatabase("postgres", database);
    }

    public int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.ferrypay.testkit;

import io.ferrypay.postgres.ServiceSchema;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * Real PostgreSQL for tests: one server for each test JVM, a fresh database for each request.
 *
 * <p>The server is a container where a Docker engine answers, otherwise it runs from embedded
 * binaries. The system property {@code ferry.test.postgres} ({@code docker} or {@code embedded})
 * decides instead.
 */
public final class TestPostgres {
    private static final Logger log = LoggerFactory.getLogger(TestPostgres.class);
    private static final String IMAGE = "postgres:18";
    private static final AtomicInteger DATABASES = new AtomicInteger();
    // Roles belong to the whole server, so one password serves every database of this JVM.
    private static final String PASSWORD = randomPassword();

    private TestPostgres() {}

    /** A new, empty database with one service's schema and role. */
    public static TestSchema schema(String name) {
        return schemas(name).getFirst();
    }

    /**
     * A new, empty database with the schemas and roles of several services, in the order asked for.
     */
    public static List<TestSchema> schemas(String... names) {
        var server = Server.RUNNING;
        var database = "test_" + DATABASES.incrementAndGet();
        try (var connection = server.admin("postgres").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + database + " template template0");
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create the database " + database, e);
        }
        var admin = server.admin(database);
        return Arrays.stream(names)
                .map(name -> {
                    ServiceSchema.provision(admin, name, PASSWORD);
                    return new TestSchema(server.jdbcUrl(database), name, PASSWORD);
                })
                .toList();
    }

    /**
     * Gives a Spring test its own fresh schema as {@code spring.datasource}; to be called from a
     * {@code @DynamicPropertySource} method.
     */
    public static TestSchema register(DynamicPropertyRegistry registry, String name) {
        var schema = schema(name);
        registry.add("spring.datasource.url", schema::jdbcUrl);
        registry.add("spring.datasource.username", schema::username);
        registry.add("spring.datasource.password", schema::password);
        // A test JVM keeps several application contexts, and all share the server's connections.
        registry.add("spring.datasource.hikari.maximum-pool-size", () -> "16");
        registry.add("spring.datasource.hikari.minimum-idle", () -> "1");
        return schema;
    }

    private static String randomPassword() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static final class Server {
        static final PostgresServer RUNNING = start();

        private static PostgresServer start() {
            var choice = System.getProperty("ferry.test.postgres", "");
            return switch (choice) {
                case "docker" -> ContainerServer.start(IMAGE);
                case "embedded" -> EmbeddedServer.start();
                default -> DockerEngine.answers() ? containerOrEmbedded() : EmbeddedServer.start();
            };
        }

        private static PostgresServer containerOrEmbedded() {
            try {
                return ContainerServer.start(IMAGE);
            } catch (RuntimeException e) {
                log.warn(
                        "Docker answers but {} did not start; using embedded PostgreSQL", IMAGE, e);
                return EmbeddedServer.start();
            }
        }
    }
}

package io.ferrypay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
    @TempDir Path folder;

    @AfterEach
    void stop() {
        LocalPostgres.stopAbandoned(folder);
    }

    @Test
    void data_survives_a_restart_on_another_port() throws Exception {
        try (var first = LocalPostgres.start(folder, 0, true)) {
            execute(first.admin(), "create table kept (answer text)");
            execute(first.admin(), "insert into kept values ('42')");
        }

        try (var second = LocalPostgres.start(folder, 0, true)) {
            assertThat(text(second.admin(), "select answer from kept")).isEqualTo("42");
            assertThat(second.isRunning()).isTrue();
        }
    }

    @Test
    void a_durable_server_keeps_what_it_has_confirmed() throws Exception {
        try (var durable = LocalPostgres.start(folder, 0, true)) {
            assertThat(text(durable.admin(), "show fsync")).isEqualTo("on");
            assertThat(text(durable.admin(), "show synchronous_commit")).isEqualTo("on");
            assertThat(text(durable.admin(), "show full_page_writes")).isEqualTo("on");
            assertThat(text(durable.admin(), "show max_connections")).isEqualTo("200");
            assertThat(text(durable.admin(), "show shared_buffers")).isEqualTo("256MB");
            assertThat(text(durable.admin(), "show listen_addresses")).isEqualTo("127.0.0.1");
            execute(durable.admin(), "create table kept as select 42 as answer");

            kill(durable);
        }

        try (var recovered = LocalPostgres.start(folder, 0, true)) {
            assertThat(text(recovered.admin(), "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void a_server_outlives_its_killed_jvm_and_the_next_one_takes_its_data_over() throws Exception {
        var jvm =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                StartAndStay.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var output =
                new BufferedReader(
                        new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(output.lines().anyMatch(StartAndStay.READY::equals)).isTrue();
        } finally {
            jvm.destroyForcibly();
        }
        assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
        var abandoned = ProcessHandle.of(pid()).orElseThrow();
        assertThat(abandoned.isAlive()).isTrue();

        try (var next = LocalPostgres.start(folder, 0, true)) {
            assertThat(abandoned.isAlive()).isFalse();
            assertThat(text(next.admin(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_process_number_that_now_belongs_to_somebody_else_does_not_matter() throws Exception {
        LocalPostgres.start(folder, 0, false).close();
        Files.writeString(
                folder.resolve("cluster/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + folder.resolve("cluster") + "\n");

        try (var postgres = LocalPostgres.start(folder, 0, false)) {
            assertThat(text(postgres.admin(), "select 1")).isEqualTo("1");
        }
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void a_first_start_that_was_cut_short_is_begun_again() throws Exception {
        Files.createDirectories(folder.resolve("cluster.new/base"));
        Files.writeString(folder.resolve("cluster.new/PG_VERSION"), "18\n");

        try (var postgres = LocalPostgres.start(folder, 0, false)) {
            assertThat(text(postgres.admin(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalPostgres.start(folder, other.getLocalPort(), false))
                    .isInstanceOf(LocalPostgresFailed.class)
                    .hasMessageContaining("Port " + other.getLocalPort())
                    .hasMessageContaining("in use");
        }
        // and the folder is free again
        LocalPostgres.start(folder, 0, false).close();
    }

    @Test
    void a_folder_in_use_is_refused_and_its_server_left_alone() throws Exception {
        try (var first = LocalPostgres.start(folder, 0, false)) {
            assertThatThrownBy(() -> LocalPostgres.start(folder, 0, false))
                    .isInstanceOf(LocalPostgresFailed.class)
                    .hasMessageContaining("in use");
            assertThat(LocalPostgres.stopAbandoned(folder)).isFalse();
            assertThat(text(first.admin(), "select 1")).isEqualTo("1");
        }
    }

    @Test
    void data_of_another_version_is_refused_untouched() throws Exception {
        Files.createDirectories(folder.resolve("cluster"));
        Files.writeString(folder.resolve("cluster/PG_VERSION"), "17\n");

        assertThatThrownBy(() -> LocalPostgres.start(folder, 0, false))
                .isInstanceOf(LocalPostgresFailed.class)
                .hasMessageContaining("17");
        assertThat(folder.resolve("cluster/PG_VERSION")).hasContent("17");
    }

    @Test
    void nobody_gets_in_without_the_password_which_only_the_owner_can_read() throws Exception {
        try (var postgres = LocalPostgres.start(folder, 0, false)) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection(postgres.jdbcUrl(), "postgres", "guess"))
                    .isInstanceOf(SQLException.class);
            assertThat(Files.getPosixFilePermissions(folder.resolve("admin-password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void closing_twice_is_harmless_and_stops_the_server() {
        var postgres = LocalPostgres.start(folder, 0, false);

        postgres.close();
        postgres.close();

        assertThat(postgres.isRunning()).isFalse();
    }

    @Test
    void a_failed_statement_leaves_no_values_in_the_log() throws Exception {
        try (var postgres = LocalPostgres.start(folder, 0, false)) {
            assertThatThrownBy(() -> execute(postgres.admin(), "select 'shopper@example.com'::int"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(
                            () -> execute(postgres.admin(), "alter role nobody password 'hunter2'"))
                    .isInstanceOf(SQLException.class);
        }
        assertThat(Files.readString(folder.resolve("server.log"))).doesNotContain("hunter2");
    }

    private void kill(LocalPostgres postgres) throws IOException {
        assertThat(ProcessHandle.of(pid()).orElseThrow().destroyForcibly()).isTrue();
        await().atMost(Duration.ofSeconds(10)).until(() -> !postgres.isRunning());
    }

    private long pid() throws IOException {
        try (var lines = Files.lines(folder.resolve("cluster/postmaster.pid"))) {
            return Long.parseLong(lines.findFirst().orElseThrow().strip());
        }
    }

    private static void execute(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}

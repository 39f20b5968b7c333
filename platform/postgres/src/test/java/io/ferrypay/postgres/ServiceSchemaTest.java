package io.ferrypay.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceSchemaTest {
    @TempDir static Path folder;

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.start(folder, 0, false);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Test
    void provisioning_again_keeps_the_data_and_takes_the_new_password() throws Exception {
        ServiceSchema.provision(postgres.admin(), "merchant", "old");
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), "merchant", "old");
                var statement = connection.createStatement()) {
            statement.execute("create table kept (id int)");
        }

        ServiceSchema.provision(postgres.admin(), "merchant", "new'password\\");

        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "merchant", "old"))
                .isInstanceOf(SQLException.class);
        try (var connection =
                        DriverManager.getConnection(
                                postgres.jdbcUrl(), "merchant", "new'password\\");
                var statement = connection.createStatement()) {
            statement.execute("insert into merchant.kept values (1)");
        }
    }

    @Test
    void services_provisioned_at_the_same_time_do_not_trip_over_each_other() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Void> provision =
                    () -> {
                        ServiceSchema.provision(postgres.admin(), "notify", "secret");
                        return null;
                    };
            for (var done : threads.invokeAll(Collections.nCopies(8, provision))) {
                done.get();
            }
        }
    }

    @Test
    void a_role_cannot_enter_the_server_s_own_databases() {
        ServiceSchema.provision(postgres.admin(), "job", "secret");

        for (var database : new String[] {"postgres", "template1"}) {
            assertThatThrownBy(() ->
                            DriverManager.getConnection(
                                    postgres.jdbcUrl(database), "job", "secret"))
                    .hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Merchant", "1st", "pg_mine", "a;drop table b", "a b", "\"a\"", "é"})
    void a_name_that_is_no_plain_identifier_is_refused(String name) {
        assertThatThrownBy(() -> ServiceSchema.provision(postgres.admin(), name, "secret"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.ferrypay.reconcile.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.testkit.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class ReconcileBenchTest {

    @TempDir Path folder;

    /** 601 lines: seven differences, and an end of a hundred that is not whole. */
    @Test
    void the_bench_finds_what_it_has_put_in() throws Exception {
        var schema = TestPostgres.schema("reconcile");
        var dataSource =
                new DriverManagerDataSource(schema.jdbcUrl(), schema.username(), schema.password());

        assertThat(ReconcileBench.run(601, folder, dataSource)).isTrue();
    }
}

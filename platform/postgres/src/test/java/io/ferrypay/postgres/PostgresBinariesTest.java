package io.ferrypay.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @TempDir Path cache;

    @Test
    void two_that_unpack_at_once_share_one_folder() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<PostgresBinaries> unpack = () -> PostgresBinaries.unpackedIn(cache);
            for (var done : threads.invokeAll(List.of(unpack, unpack))) {
                assertThat(done.get().program("postgres")).isExecutable();
                assertThat(done.get().program("initdb")).isExecutable();
            }
        }
        try (var folders = Files.list(cache)) {
            assertThat(folders).hasSize(1);
        }
    }

    @Test
    void each_supported_system_has_its_archive() {
        assertThat(PostgresBinaries.archive("Linux", "amd64"))
                .isEqualTo("/postgres-linux-x86_64.txz");
        assertThat(PostgresBinaries.archive("Linux", "aarch64"))
                .isEqualTo("/postgres-linux-arm_64.txz");
        assertThat(PostgresBinaries.archive("Mac OS X", "aarch64"))
                .isEqualTo("/postgres-darwin-arm_64.txz");
        assertThatThrownBy(() -> PostgresBinaries.archive("Windows 11", "amd64"))
                .isInstanceOf(LocalPostgresFailed.class);
    }
}

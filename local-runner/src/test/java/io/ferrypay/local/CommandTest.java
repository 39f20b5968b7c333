package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTest {

    @TempDir Path folder;

    @Test
    void a_failure_names_the_log_and_quotes_its_end() {
        assertThatThrownBy(() -> run(Duration.ofSeconds(10), "echo first; echo the reason; exit 3"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("the reason")
                .hasMessageContaining("out.log");
    }

    @Test
    void what_takes_too_long_is_stopped_with_all_its_children() throws Exception {
        var pids = folder.resolve("pids");

        assertThatThrownBy(() ->
                        run(Duration.ofSeconds(1), "sleep 60 & echo $! > " + pids + "; sleep 60"))
                .isInstanceOf(Refusal.class);

        var child = Long.parseLong(Files.readString(pids).strip());
        await().atMost(Duration.ofSeconds(5))
                .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    private void run(Duration limit, String script) {
        Command.run(
                "the script",
                folder,
                folder.resolve("out.log"),
                limit,
                Map.of(),
                List.of("bash", "-c", script));
    }
}

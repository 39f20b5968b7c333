package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.local.PlatformState.Phase;
import io.ferrypay.local.PlatformState.ProcessMark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PlatformStateTest {

    @TempDir Path root;

    @Test
    void a_process_is_known_by_its_number_and_its_beginning() {
        var mine = ProcessMark.of(ProcessHandle.current());

        assertThat(mine.alive()).contains(ProcessHandle.current());
        assertThat(new ProcessMark(mine.pid(), mine.startedAtMillis() - 60_000).alive())
                .as("the same number, given to another program later")
                .isEmpty();
        assertThat(new ProcessMark(mine.pid(), 0).alive())
                .as("the same number, and nobody knows since when")
                .isEmpty();
    }

    @Test
    void what_a_supervisor_wrote_before_it_died_does_not_count_as_running() throws Exception {
        var workspace = Workspace.from(root, Map.of());
        Files.createDirectories(workspace.home());
        assertThat(PlatformState.read(workspace)).isEmpty();

        write(workspace, ProcessMark.of(ProcessHandle.current()));
        assertThat(PlatformState.running(workspace)).isPresent();

        write(workspace, new ProcessMark(ProcessHandle.current().pid(), 1));
        assertThat(PlatformState.read(workspace)).isPresent();
        assertThat(PlatformState.running(workspace)).isEmpty();
    }

    private static void write(Workspace workspace, ProcessMark supervisor) throws Exception {
        var state =
                new PlatformState(Phase.READY, supervisor, "running", List.of(), null, 1.0, null);
        Files.writeString(
                workspace.stateFile(), JsonMapper.builder().build().writeValueAsString(state));
    }
}

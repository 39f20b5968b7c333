package io.ferrypay.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What processes really occupy: pages shared between several are counted once, in parts (Linux's
 * PSS); elsewhere nothing is known.
 */
final class Memory {

    private Memory() {}

    static long ofPlatform(Workspace workspace, PlatformState state) {
        var services =
                state.parts().stream()
                        .map(PlatformState.PartState::process)
                        .filter(Objects::nonNull)
                        .map(PlatformState.ProcessMark::pid);
        var postgres = PostgresProcess.pid(workspace);
        var database =
                postgres == null
                        ? Stream.<Long>empty()
                        : ProcessHandle.of(postgres).stream()
                                .flatMap(process ->
                                        Stream.concat(Stream.of(process), process.descendants()))
                                .map(ProcessHandle::pid);
        return Stream.of(Stream.of(state.supervisor().pid()), services, database)
                .flatMap(pids -> pids)
                .mapToLong(Memory::ofProcess)
                .sum();
    }

    static long ofProcess(long pid) {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException _) {
            return 0;
        }
    }
}

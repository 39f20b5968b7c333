package io.ferrypay.local;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor says of itself in {@code state.json}: the phase, its processes, and the
 * reason when something went wrong.
 *
 * @param supervisor process that owns all others
 * @param readySeconds how long the start took, once it is over
 */
record PlatformState(
        Phase phase,
        ProcessMark supervisor,
        String activity,
        List<PartState> parts,
        @Nullable Long postgresPid,
        @Nullable Double readySeconds,
        @Nullable String error) {

    enum Phase {
        STARTING,
        READY,
        STOPPING,
        FAILED
    }

    /**
     * A process id alone is given to another program sooner or later; with its start time it can't.
     *
     * @param startedAtMillis 0 when the system did not tell it: then nothing that runs is this one
     */
    record ProcessMark(long pid, long startedAtMillis) {

        static ProcessMark of(ProcessHandle process) {
            return new ProcessMark(
                    process.pid(),
                    process.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L));
        }

        Optional<ProcessHandle> alive() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process ->
                            startedAtMillis != 0
                                    && process.info()
                                            .startInstant()
                                            .map(started ->
                                                    Math.abs(
                                                                    started.toEpochMilli()
                                                                            - startedAtMillis)
                                                            < 2000)
                                            .orElse(false));
        }
    }

    record PartState(
            String module,
            String state,
            @Nullable ProcessMark process,
            @Nullable Double seconds,
            int restarts) {}

    static Optional<PlatformState> read(Workspace workspace) {
        if (!Files.isReadable(workspace.stateFile())) {
            return Optional.empty();
        }
        return Optional.of(Json.read(workspace.stateFile(), PlatformState.class));
    }

    /** The state of a supervisor that is alive now. */
    static Optional<PlatformState> running(Workspace workspace) {
        return read(workspace).filter(state -> state.supervisor().alive().isPresent());
    }
}

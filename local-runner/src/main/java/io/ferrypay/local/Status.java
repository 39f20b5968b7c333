package io.ferrypay.local;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "status",
        description =
                "Shows each process: state, process id, restarts, memory. Exit 1 when the platform is not running.")
final class Status implements Callable<Integer> {

    @Override
    public Integer call() {
        var workspace = Workspace.current();
        var running = PlatformState.running(workspace);
        if (running.isEmpty()) {
            System.out.println("not running");
            PlatformState.read(workspace)
                    .map(PlatformState::error)
                    .ifPresent(error -> System.out.println("last start: " + error));
            return 1;
        }
        var state = running.get();
        System.out.printf(
                Locale.ROOT,
                "%s: %s%n",
                state.phase().name().toLowerCase(Locale.ROOT),
                state.activity());
        for (var part : state.parts()) {
            var pid = part.process() == null ? 0 : part.process().pid();
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %-9s pid %-7d restarts %-3d %5d MB  %s%n",
                    part.module(),
                    part.state(),
                    pid,
                    part.restarts(),
                    Memory.ofProcess(pid) >> 20,
                    Part.named(part.module()).map(workspace::urlOf).orElse(""));
        }
        System.out.printf(
                Locale.ROOT,
                "%-24s pid %s, port %d%n",
                "PostgreSQL",
                state.postgresPid(),
                workspace.postgresPort());
        System.out.printf(
                Locale.ROOT,
                "memory of all processes %d MB%n",
                Memory.ofPlatform(workspace, state) >> 20);
        return 0;
    }
}

package io.ferrypay.local;

import io.ferrypay.local.PlatformState.Phase;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The platform of this checkout as a whole, seen from a command: bring it up, take it down, say
 * where it is.
 */
public final class LocalPlatform {

    private static final long LEAST_FREE_BYTES = 2L << 30;

    /** A last resort: the supervisor limits each of its steps, of which training can be long. */
    private static final Duration START_LIMIT = Duration.ofMinutes(20);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    private final Workspace workspace;
    private final Progress progress;

    public LocalPlatform(Workspace workspace, Progress progress) {
        this.workspace = workspace;
        this.progress = progress;
    }

    /**
     * Nothing happens when it runs already; otherwise it is running when this returns, or a {@link
     * Refusal} says why not and nothing is left behind.
     */
    public void up() {
        if (PlatformState.running(workspace)
                .filter(state -> state.phase() == Phase.READY)
                .isPresent()) {
            progress.say("already running");
            return;
        }
        PlatformState.running(workspace)
                .ifPresent(state -> {
                    throw new Refusal(
                            "Another ./ferry up of this checkout is at work ("
                                    + state.activity()
                                    + ").");
                });
        PlatformState.read(workspace).ifPresent(this::stopLeftOvers);
        checkDisk();
        checkPorts();
        new Build(workspace, progress).bringUpToDate();
        start();
    }

    private void checkDisk() {
        try {
            Files.createDirectories(workspace.logs());
            var free = Files.getFileStore(workspace.home()).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new Refusal(
                        String.format(
                                Locale.ROOT,
                                "Only %d MB are free on the disk of %s; FerryPay wants %d MB, because a database on a full disk stops.",
                                free >> 20,
                                workspace.home(),
                                LEAST_FREE_BYTES >> 20));
            }
        } catch (IOException e) {
            throw new Refusal(
                    "The data folder " + workspace.home() + " can't be used: " + e.getMessage(), e);
        }
    }

    private void checkPorts() {
        var taken = new ArrayList<String>();
        for (var part : Part.values()) {
            if (!free(workspace.port(part))) {
                taken.add(workspace.port(part) + " (" + part.module() + ")");
            }
        }
        if (!free(workspace.postgresPort())) {
            taken.add(workspace.postgresPort() + " (PostgreSQL)");
        }
        if (!free(workspace.gatewayManagementPort())) {
            taken.add(workspace.gatewayManagementPort() + " (gateway health)");
        }
        if (!taken.isEmpty()) {
            throw new Refusal(
                    "In use by another program: port "
                            + String.join(", ", taken)
                            + ". Stop it, or set FERRY_PORT_BASE to the first of "
                            + Workspace.PORTS
                            + " free ports.");
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private void start() {
        var supervisor = launchSupervisor();
        var giveUp = new Thread(supervisor::destroy);
        Runtime.getRuntime().addShutdownHook(giveUp);
        try {
            follow(supervisor);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.", e);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(giveUp);
            } catch (IllegalStateException _) {
                // Interrupted from the keyboard: the hook is doing its work.
            }
        }
    }

    private Process launchSupervisor() {
        var log = workspace.logs().resolve("supervisor.log");
        var command = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add(
                    "/usr/bin/setsid"); // A session of its own: closing the terminal does not stop
            // the platform.
        }
        command.addAll(
                List.of(
                        Command.java(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dferry.root=" + workspace.root(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Supervisor.class.getName()));
        try {
            Files.deleteIfExists(workspace.stateFile());
            var builder =
                    new ProcessBuilder(command)
                            .directory(workspace.root().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().put("FERRY_HOME", workspace.home().toString());
            builder.environment().put("FERRY_PORT_BASE", String.valueOf(workspace.portBase()));
            return builder.start();
        } catch (IOException e) {
            throw new Refusal("Could not start the supervisor: " + e.getMessage(), e);
        }
    }

    private void follow(Process supervisor) throws InterruptedException {
        var deadline = System.nanoTime() + START_LIMIT.toNanos();
        var told = new HashSet<String>();
        var activity = "";
        while (System.nanoTime() < deadline) {
            var ended = supervisor.waitFor(100, TimeUnit.MILLISECONDS);
            var state = PlatformState.read(workspace);
            if (state.isPresent()) {
                activity = tell(state.get(), activity, told);
                if (state.get().phase() == Phase.READY) {
                    return;
                }
            }
            if (ended) {
                throw new Refusal(
                        "The platform did not start: "
                                + state.map(PlatformState::error)
                                        .orElseGet(() ->
                                                "see "
                                                        + workspace.logs().resolve("supervisor.log")
                                                        + "\n"
                                                        + Command.tail(
                                                                workspace
                                                                        .logs()
                                                                        .resolve("supervisor.log"),
                                                                20)));
            }
        }
        supervisor.destroy();
        throw new Refusal(
                "The platform was not up after "
                        + START_LIMIT.toMinutes()
                        + " min; it has been told to stop. See ./ferry logs.");
    }

    private String tell(PlatformState state, String activity, Set<String> told) {
        if (!state.activity().equals(activity)) {
            progress.say(state.activity());
        }
        for (var part : state.parts()) {
            if (part.seconds() != null && told.add(part.module())) {
                progress.say(
                        String.format(
                                Locale.ROOT,
                                "  %-24s ready after %.1f s",
                                part.module(),
                                part.seconds()));
            }
        }
        return state.activity();
    }

    /** Stops everything, also what a supervisor that was killed left running. */
    public boolean down() {
        var state = PlatformState.read(workspace);
        if (state.isEmpty()) {
            return false;
        }
        var supervisor = state.get().supervisor().alive();
        supervisor.ifPresent(process -> {
            process.destroy();
            await(process);
        });
        return stopLeftOvers(state.get()) || supervisor.isPresent();
    }

    private boolean stopLeftOvers(PlatformState state) {
        var left = new ArrayList<ProcessHandle>();
        for (var part : state.parts()) {
            Optional.ofNullable(part.process())
                    .flatMap(PlatformState.ProcessMark::alive)
                    .ifPresent(left::add);
        }
        left.forEach(ProcessHandle::destroy);
        left.forEach(LocalPlatform::await);
        var postgres =
                Optional.ofNullable(PostgresProcess.pid(workspace))
                        .flatMap(ProcessHandle::of)
                        .filter(ProcessHandle::isAlive)
                        .filter(process ->
                                process.info()
                                        .command()
                                        .map(command -> command.endsWith("postgres"))
                                        .orElse(false));
        postgres.ifPresent(process -> {
            process.destroy();
            await(process);
            left.add(process);
        });
        return !left.isEmpty();
    }

    private static void await(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException _) {
            process.destroyForcibly();
        } catch (java.util.concurrent.ExecutionException _) {
            // It is gone, which is all that was asked.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    public void tellWhereItIs(PrintStream out) {
        var state =
                PlatformState.running(workspace)
                        .orElseThrow(() ->
                                new Refusal(
                                        "The platform is not running. Start it with ./ferry up."));
        out.printf(
                Locale.ROOT,
                "ready in %.1f s, memory of all processes %d MB%n",
                state.readySeconds(),
                Memory.ofPlatform(workspace, state) >> 20);
        out.println();
        out.println("API and pages   " + workspace.publicUrl());
        out.println(
                "Portal          "
                        + workspace.publicUrl()
                        + "/portal, its mails in "
                        + workspace.home().resolve("mailbox"));
        out.println("Console         " + workspace.publicUrl() + "/console" + howToComeIn());
        out.println("Test wallet     " + workspace.sandboxUrl() + "/wallet/wechat");
        out.println("Registry        " + workspace.urlOf(Part.REGISTRY));
        out.println("Test key        " + demoKey());
        out.println();
        out.println(
                "Try: curl -s "
                        + workspace.publicUrl()
                        + "/v2/payments -H \"Authorization: Bearer $(cat "
                        + Launch.demoKey(workspace)
                        + ")\"");
    }

    /** The first two people come in by links; whoever is in signs in. */
    private String howToComeIn() {
        var links = workspace.firstConsoleLinks();
        return Files.exists(links) ? ", the first people by the links in " + links : "";
    }

    /** The demo shop's secret key in test mode. */
    public String demoKey() {
        try {
            return Files.readString(Launch.demoKey(workspace)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

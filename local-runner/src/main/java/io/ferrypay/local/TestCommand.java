package io.ferrypay.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "test",
        description = {
            "Everything that must hold before a change lands: formatting, static checks, unit, database and architecture tests of every module,",
            "the web apps' checks, then a platform of its own (free ports, own data folder) with the journeys, the browser tests and the demo."
        })
final class TestCommand implements Callable<Integer> {

    enum Stage {
        java,
        web,
        platform
    }

    @CommandLine.Option(
            names = "--only",
            paramLabel = "STAGE",
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private @org.jspecify.annotations.Nullable Stage only;

    private final Progress progress = new Progress(System.err);

    @Override
    public Integer call() throws IOException {
        var workspace = Workspace.current();
        if (wants(Stage.java)) {
            progress.step(
                    "Java: format, static checks, tests",
                    () ->
                            maven(
                                    "The Java build",
                                    workspace,
                                    Map.of(),
                                    // The tests of one module wait more than they work.
                                    List.of("--threads", "2", "verify")));
        }
        if (wants(Stage.web)) {
            var web = workspace.root().resolve("web");
            progress.step(
                    "Web: packages",
                    () ->
                            must(
                                    "npm install",
                                    web,
                                    Map.of(),
                                    List.of(
                                            "npm",
                                            "install",
                                            "--no-save",
                                            "--no-audit",
                                            "--no-fund")));
            for (var script : List.of("lint", "build", "test", "e2e:fake")) {
                progress.step(
                        "Web: " + script,
                        () ->
                                must(
                                        "npm run " + script,
                                        web,
                                        Map.of(),
                                        List.of("npm", "run", script)));
            }
        }
        if (wants(Stage.platform)) {
            platform(workspace);
        }
        progress.say("all green");
        return 0;
    }

    private boolean wants(Stage stage) {
        return only == null || only == stage;
    }

    private void platform(Workspace workspace) throws IOException {
        var home = Files.createTempDirectory("ferrypay-test-");
        var own = new Workspace(workspace.root(), home, freePortBase());
        var environment = new LinkedHashMap<String, String>();
        environment.put("FERRY_HOME", home.toString());
        environment.put("FERRY_PORT_BASE", String.valueOf(own.portBase()));
        environment.put("FERRY_BASE_URL", own.publicUrl());
        environment.put("FERRY_SANDBOX_URL", own.sandboxUrl());
        // One proves the way; seven would take longer than they save here.
        environment.put("FERRY_STARTUP_CACHES", Part.REGISTRY.module());
        var ferry = workspace.root().resolve("ferry").toString();
        try {
            shareRunner(workspace, home);
            progress.step(
                    "Platform: demo on a fresh data folder",
                    () ->
                            must(
                                    "./ferry demo",
                                    workspace.root(),
                                    environment,
                                    List.of(ferry, "demo", "--json")));
            progress.step(
                    "Platform: every way to pay, and the money back",
                    () ->
                            must(
                                    "./ferry demo --all",
                                    workspace.root(),
                                    environment,
                                    List.of(ferry, "demo", "--all", "--json")));
            progress.step(
                    "Platform: a month that never was, and the books of it",
                    () -> {
                        must(
                                "./ferry demo --data",
                                workspace.root(),
                                environment,
                                List.of(ferry, "demo", "--data", "--payments-a-day=2", "--json"));
                        must(
                                "./ferry verify-books",
                                workspace.root(),
                                environment,
                                List.of(ferry, "verify-books"));
                    });
            environment.put("FERRY_TEST_KEY", new LocalPlatform(own, progress).demoKey());
            progress.step(
                    "Platform: browser journeys",
                    () ->
                            must(
                                    "npm run e2e:real",
                                    workspace.root().resolve("web"),
                                    environment,
                                    List.of("npm", "run", "e2e:real")));
            progress.step(
                    "Platform: a short measurement, without errors",
                    () ->
                            must(
                                    "./ferry bench payments",
                                    workspace.root(),
                                    environment,
                                    List.of(
                                            ferry,
                                            "bench",
                                            "payments",
                                            "--rounds=1",
                                            "--clients=8",
                                            "--shoppers=8",
                                            "--seconds=4",
                                            "--warm-up=5")));
            progress.step(
                    "Platform: a short measurement of each channel, without errors",
                    () ->
                            must(
                                    "./ferry bench channels",
                                    workspace.root(),
                                    environment,
                                    List.of(
                                            ferry,
                                            "bench",
                                            "channels",
                                            "--rounds=1",
                                            "--shoppers=4",
                                            "--seconds=2",
                                            "--warm-up=3")));
            progress.step(
                    "Platform: journeys that break things",
                    () ->
                            maven(
                                    "The acceptance tests",
                                    workspace,
                                    environment,
                                    List.of("-f", "acceptance/pom.xml", "verify")));
        } finally {
            must("./ferry down", workspace.root(), environment, List.of(ferry, "down"));
            Build.deleteTree(home);
        }
    }

    /** The runner is built once for a checkout; a second data folder need not build it again. */
    private static void shareRunner(Workspace workspace, Path home) throws IOException {
        Files.createDirectories(home.resolve("build"));
        var stamp = workspace.build().resolve("runner.digest");
        if (Files.exists(stamp)) {
            Files.copy(stamp, home.resolve("build/runner.digest"));
        }
    }

    private static int freePortBase() throws IOException {
        for (var base = 17_200; base < 60_000; base += 100) {
            if (allFree(base)) {
                return base;
            }
        }
        throw new Refusal("No block of " + Workspace.PORTS + " free ports was found.");
    }

    private static boolean allFree(int base) throws IOException {
        for (var port = base; port < base + Workspace.PORTS; port++) {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (java.net.BindException _) {
                return false;
            }
        }
        return true;
    }

    /** Runs Maven, and when it fails says last which tests did. */
    private void maven(
            String what,
            Workspace workspace,
            Map<String, String> environment,
            List<String> arguments) {
        var start = Instant.now();
        var command = new ArrayList<String>();
        command.add(new Build(workspace, progress).maven());
        command.addAll(List.of("-B", "--no-transfer-progress", "-Dstyle.color=never"));
        command.addAll(arguments);
        try {
            must(what, workspace.root(), environment, command);
        } catch (Refusal e) {
            sayWhichFailed(workspace, start);
            throw e;
        }
    }

    private void sayWhichFailed(Workspace workspace, Instant since) {
        try {
            var failed = FailedTests.below(workspace.root(), 2, since);
            failed.told().forEach(test -> progress.say("failed: " + test));
            if (failed.more() > 0) {
                progress.say("failed: " + failed.more() + " more");
            }
        } catch (IOException e) {
            progress.say("The reports of the tests could not be read: " + e.getMessage());
        }
    }

    private static void must(
            String what, Path folder, Map<String, String> environment, List<String> command) {
        try {
            var builder = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
            builder.environment().putAll(environment);
            var process = builder.start();
            var exit = process.waitFor();
            if (exit != 0) {
                throw new Refusal(what + " failed with exit code " + exit + ".");
            }
        } catch (IOException e) {
            throw new Refusal("Could not run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(what + " was interrupted.", e);
        }
    }
}

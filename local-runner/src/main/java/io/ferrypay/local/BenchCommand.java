package io.ferrypay.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

@CommandLine.Command(
        name = "bench",
        customSynopsis = "./ferry bench [BENCH] [OPTIONS]",
        description = {
            "Measures the running platform and prints a table; --json FILE keeps the figures.",
            "payments (default): creates through the gateway and at the service, whole payments to the webhook, beside raw inserts in the",
            "same PostgreSQL.",
            "channels: payments a second by each channel, and what a call costs the payment service beside the company's own time.",
            "ledger [JOURNALS [ROUNDS]]: booking through the ledger's own code on a PostgreSQL of its own, spread and on one merchant, beside raw inserts.",
            "reconcile [--lines 1e6]: a made-up day converted, loaded and compared on a PostgreSQL of its own, beside two COPYs and a hash join.",
            "risk [PAYMENTS]: judging payments by fifty rules through the payment service's own code on a PostgreSQL of its own.",
            "./ferry bench payments --help and ./ferry bench channels --help tell their options."
        })
final class BenchCommand implements Callable<Integer> {

    /** Whatever follows is the bench's own, in its order: an option stands before its value. */
    @CommandLine.Unmatched List<String> arguments = new ArrayList<>();

    /** Behind the bench's name even --help is the bench's. */
    @CommandLine.Spec
    void spec(CommandLine.Model.CommandSpec spec) {
        spec.parser().stopAtUnmatched(true);
    }

    @Override
    public Integer call() throws java.io.IOException, InterruptedException {
        var workspace = Workspace.current();
        var ofService = ServiceBench.named(orders(arguments).getFirst());
        if (ofService.isPresent()) {
            return ofService.get().run(workspace, arguments.subList(1, arguments.size()));
        }
        var bench = bench(workspace);
        if (!arguments.contains("--help")) {
            tellWhereItIs(workspace, bench.environment());
        }
        return bench.start().waitFor();
    }

    private ProcessBuilder bench(Workspace workspace) {
        var command =
                new ArrayList<>(
                        List.of(
                                Command.java(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                workspace.root().resolve("bench/target/classes")
                                        + ":"
                                        + workspace.root().resolve("bench/target/lib")
                                        + "/*",
                                "io.ferrypay.bench.Bench"));
        command.addAll(orders(arguments));
        return new ProcessBuilder(command).inheritIO();
    }

    private static void tellWhereItIs(Workspace workspace, Map<String, String> environment) {
        var platform = new LocalPlatform(workspace, new Progress(System.err));
        platform.up();
        environment.put("FERRY_GATEWAY_URL", workspace.urlOf(Part.GATEWAY));
        environment.put("FERRY_PAYMENT_URL", workspace.urlOf(Part.PAYMENT_CHANNEL));
        environment.put("FERRY_SANDBOX_URL", workspace.sandboxUrl());
        environment.put("FERRY_TEST_KEY", platform.demoKey());
        environment.put("FERRY_GATEWAY_KEYFILE", workspace.gatewayKey().toString());
        environment.put(
                "FERRY_DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:" + workspace.postgresPort() + "/ferrypay");
        environment.put(
                "FERRY_DATABASE_PASSWORD", Secrets.of(workspace).passwordOf("payment_channel"));
        environment.put("FERRY_PROCESSES", processes(workspace));
    }

    /** The bench comes first; without a name it is the one of payments. */
    static List<String> orders(List<String> arguments) {
        if (!arguments.isEmpty() && !arguments.getFirst().startsWith("-")) {
            return arguments;
        }
        var orders = new ArrayList<>(List.of("payments"));
        orders.addAll(arguments);
        return orders;
    }

    private static String processes(Workspace workspace) {
        var state = PlatformState.running(workspace).orElseThrow();
        var services =
                state.parts().stream()
                        .flatMap(part ->
                                Stream.ofNullable(part.process())
                                        .map(process -> part.module() + "=" + process.pid()));
        var database =
                Stream.ofNullable(PostgresProcess.pid(workspace)).map(pid -> "postgresql=" + pid);
        return Stream.concat(services, database).collect(Collectors.joining(" "));
    }
}

package io.ferrypay.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

@CommandLine.Command(
        name = "bench",
        description = {
            "Measures the running platform and prints a table; --json FILE keeps the figures.",
            "payments: creates through the gateway and at the service, whole payments to the webhook, beside raw inserts in the same PostgreSQL."
        })
final class BenchCommand implements Callable<Integer> {

    @CommandLine.Parameters(
            arity = "0..*",
            paramLabel = "BENCH",
            description = "payments (default), and its options; payments --help tells them.")
    private List<String> arguments = new ArrayList<>();

    @CommandLine.Unmatched private List<String> options = new ArrayList<>();

    @Override
    public Integer call() throws java.io.IOException, InterruptedException {
        var workspace = Workspace.current();
        var platform = new LocalPlatform(workspace, new Progress(System.err));
        platform.up();
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
        command.addAll(arguments.isEmpty() ? List.of("payments") : arguments);
        command.addAll(options);
        var builder = new ProcessBuilder(command).inheritIO();
        var environment = builder.environment();
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
        return builder.start().waitFor();
    }
}

package io.ferrypay.local;

import io.ferrypay.postgres.LocalPostgres;
import io.ferrypay.postgres.ServiceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code ./ferry bench ledger}, {@code risk} and {@code reconcile}: a service's own code on a
 * PostgreSQL of its own, as durable as the platform's, so that nothing of it gets into the
 * platform's data.
 */
enum ServiceBench {
    LEDGER(Part.TRADE_ADMIN, "trade_admin", "io.ferrypay.tradeadmin.ledger.LedgerBench"),
    RISK(Part.PAYMENT_CHANNEL, "payment_channel", "io.ferrypay.paymentchannel.risk.RiskBench"),
    RECONCILE(Part.RECONCILE, "reconcile", "io.ferrypay.reconcile.compare.ReconcileBench");

    private final Part part;
    private final String schema;
    private final String main;

    ServiceBench(Part part, String schema, String main) {
        this.part = part;
        this.schema = schema;
        this.main = main;
    }

    static Optional<ServiceBench> named(String name) {
        return Arrays.stream(values())
                .filter(bench -> bench.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    int run(Workspace workspace, List<String> arguments) throws IOException, InterruptedException {
        var progress = new Progress(System.err);
        Files.createDirectories(workspace.logs());
        new Build(workspace, progress).bringUpToDate();
        var folder =
                Files.createTempDirectory(
                        workspace.home(), "bench-" + name().toLowerCase(Locale.ROOT) + "-");
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0, true)) {
            var password = folder.getFileName().toString();
            ServiceSchema.provision(postgres.admin(), schema, password);
            var code = Build.extracted(workspace, part);
            var command =
                    new ArrayList<>(
                            List.of(
                                    Command.java(),
                                    "-Xmx256m",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    Build.jar(workspace, part) + ":" + code.resolve("lib") + "/*",
                                    main));
            command.addAll(arguments);
            var bench = new ProcessBuilder(command).inheritIO();
            bench.environment().put("FERRY_DATABASE_URL", postgres.jdbcUrl());
            bench.environment().put("FERRY_DATABASE_USER", schema);
            bench.environment().put("FERRY_DATABASE_PASSWORD", password);
            bench.environment().put("FERRY_FILES", folder.resolve("files").toString());
            return bench.start().waitFor();
        } finally {
            Build.deleteTree(folder);
        }
    }
}

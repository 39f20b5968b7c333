package io.ferrypay.local;

import io.ferrypay.postgres.LocalPostgres;
import io.ferrypay.postgres.ServiceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./ferry bench ledger}: the ledger's own code on a PostgreSQL of its own, as durable as the
 * platform's, so that nothing of it gets into the platform's books.
 */
final class LedgerBench {

    private static final String SCHEMA = "trade_admin";

    private LedgerBench() {}

    static int run(Workspace workspace, List<String> arguments)
            throws IOException, InterruptedException {
        var progress = new Progress(System.err);
        Files.createDirectories(workspace.logs());
        new Build(workspace, progress).bringUpToDate();
        var folder = Files.createTempDirectory(workspace.home(), "bench-ledger-");
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0, true)) {
            var password = folder.getFileName().toString();
            ServiceSchema.provision(postgres.admin(), SCHEMA, password);
            var code = Build.extracted(workspace, Part.TRADE_ADMIN);
            var command =
                    new ArrayList<>(
                            List.of(
                                    Command.java(),
                                    "-Xmx256m",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    Build.jar(workspace, Part.TRADE_ADMIN)
                                            + ":"
                                            + code.resolve("lib")
                                            + "/*",
                                    "io.ferrypay.tradeadmin.ledger.LedgerBench"));
            command.addAll(arguments);
            var bench = new ProcessBuilder(command).inheritIO();
            bench.environment().put("FERRY_DATABASE_URL", postgres.jdbcUrl());
            bench.environment().put("FERRY_DATABASE_USER", SCHEMA);
            bench.environment().put("FERRY_DATABASE_PASSWORD", password);
            return bench.start().waitFor();
        } finally {
            Build.deleteTree(folder);
        }
    }
}

package io.ferrypay.local;

import io.ferrypay.postgres.LocalPostgres;
import io.ferrypay.postgres.ServiceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./ferry bench reconcile}: the comparison's own code on a PostgreSQL of its own, as durable
 * as the platform's.
 */
final class ReconcileBench {

    private static final String SCHEMA = "reconcile";

    private ReconcileBench() {}

    static int run(Workspace workspace, List<String> arguments)
            throws IOException, InterruptedException {
        var progress = new Progress(System.err);
        Files.createDirectories(workspace.logs());
        new Build(workspace, progress).bringUpToDate();
        var folder = Files.createTempDirectory(workspace.home(), "bench-reconcile-");
        try (var postgres = LocalPostgres.start(folder.resolve("postgres"), 0, true)) {
            var password = folder.getFileName().toString();
            ServiceSchema.provision(postgres.admin(), SCHEMA, password);
            var code = Build.extracted(workspace, Part.RECONCILE);
            var command =
                    new ArrayList<>(
                            List.of(
                                    Command.java(),
                                    "-Xmx256m",
                                    "-XX:+UseSerialGC",
                                    "-cp",
                                    Build.jar(workspace, Part.RECONCILE)
                                            + ":"
                                            + code.resolve("lib")
                                            + "/*",
                                    "io.ferrypay.reconcile.compare.ReconcileBench"));
            command.addAll(arguments);
            var bench = new ProcessBuilder(command).inheritIO();
            bench.environment().put("FERRY_DATABASE_URL", postgres.jdbcUrl());
            bench.environment().put("FERRY_DATABASE_USER", SCHEMA);
            bench.environment().put("FERRY_DATABASE_PASSWORD", password);
            bench.environment().put("FERRY_FILES", folder.resolve("files").toString());
            return bench.start().waitFor();
        } finally {
            Build.deleteTree(folder);
        }
    }
}

package io.ferrypay.local.container;

import io.ferrypay.identity.KeyFiles;
import io.ferrypay.local.Part;
import io.ferrypay.local.Refusal;
import io.ferrypay.postgres.LocalPostgres;
import io.ferrypay.postgres.ServiceSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts a service of an image under construction until its context stands, with a PostgreSQL of
 * its own and keys that are thrown away, and keeps what the JVM learned of it.
 */
public final class TrainStartUp {

    private static final long LIMIT_MINUTES = 30;
    private static final String PASSWORD = "training";
    private static final List<String> COMPANIES = List.of("wechat", "jdpay", "payease", "alipay");

    private TrainStartUp() {}

    /**
     * @param arguments the service; the folder with {@code app.jar} and {@code jvm.options}; where
     *     the cache goes
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var part =
                Part.named(arguments[0])
                        .orElseThrow(() -> new Refusal("No service is called " + arguments[0]));
        var app = Path.of(arguments[1]);
        var cache = Path.of(arguments[2]);
        var work = Files.createTempDirectory("training");
        var schema = part.schema();
        if (schema.isEmpty()) {
            if (part == Part.SANDBOX) {
                generateKeys(app, work);
            }
            train(app, cache, environment(part, work));
            return;
        }
        try (var database =
                LocalPostgres.start(work.resolve("postgres"), 0, false, work.resolve("programs"))) {
            ServiceSchema.provision(database.admin(), schema.get(), PASSWORD);
            var environment = environment(part, work);
            environment.put("SPRING_DATASOURCE_URL", database.jdbcUrl());
            environment.put("SPRING_DATASOURCE_PASSWORD", PASSWORD);
            environment.put("FERRY_SECRETS_KEY", Base64.getEncoder().encodeToString(new byte[32]));
            train(app, cache, environment);
        }
    }

    private static Map<String, String> environment(Part part, Path work) {
        var keys = work.resolve("keys");
        KeyFiles.generate(keys, List.of(part.module()));
        var environment = new HashMap<String, String>();
        environment.put(
                "FERRY_IDENTITY_PRIVATEKEY", keys.resolve(part.module() + ".jwk").toString());
        environment.put("FERRY_IDENTITY_TRUSTEDKEYS", keys.resolve("trusted.jwks").toString());
        environment.put("FERRY_DOCUMENTS_FOLDER", work.resolve("documents").toString());
        environment.put("FERRY_RECONCILE_FILES", work.resolve("statements").toString());
        if (part == Part.SANDBOX) {
            for (var company : COMPANIES) {
                environment.put(
                        "FERRY_SANDBOX_" + company.toUpperCase(Locale.ROOT) + "_DIRECTORY",
                        work.resolve(company).toString());
            }
        }
        return environment;
    }

    private static void generateKeys(Path app, Path work) throws IOException, InterruptedException {
        for (var company : COMPANIES) {
            run(
                    Map.of(),
                    java(),
                    "-jar",
                    app.resolve("app.jar").toString(),
                    "--generate-" + company + "-keys=" + work.resolve(company));
        }
    }

    private static void train(Path app, Path cache, Map<String, String> environment)
            throws IOException, InterruptedException {
        run(
                environment,
                java(),
                "@" + app.resolve("jvm.options"),
                "-XX:AOTCacheOutput=" + cache,
                "-Xlog:aot*=error",
                "-Dspring.context.exit=onRefresh",
                "-jar",
                app.resolve("app.jar").toString());
        if (!Files.exists(cache)) {
            throw new Refusal("The training run left no cache.");
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin/java").toString();
    }

    private static void run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new Refusal("The training run did not end.");
        }
        if (process.exitValue() != 0) {
            throw new Refusal("The training run ended with " + process.exitValue() + ".");
        }
    }
}

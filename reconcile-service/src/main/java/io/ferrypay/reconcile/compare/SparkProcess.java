package io.ferrypay.reconcile.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * A process of its own for each job, so that nothing of Spark is in ours. It ends with its standard
 * input, which we hold as long as we live, and is told nothing that our environment holds but where
 * things are: it needs no password.
 */
@Component
@ConditionalOnProperty(name = "ferry.reconcile.engine", havingValue = "spark")
class SparkProcess implements SparkJob {

    private static final Set<String> PASSED_ON =
            Set.of("PATH", "HOME", "JAVA_HOME", "LANG", "TMPDIR", "TZ");
    private static final List<String> ALSO = List.of("SPARK_", "HADOOP_");

    private final SparkSettings settings;

    SparkProcess(SparkSettings settings) {
        if (settings.command().isEmpty()) {
            throw new IllegalArgumentException(
                    "ferry.reconcile.engine is spark, and ferry.reconcile.spark.command says nothing");
        }
        this.settings = settings;
    }

    @Override
    public void run(Path order, Path log) throws IOException {
        var command = new ArrayList<>(settings.command());
        command.add(order.toString());
        var builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> !isPassedOn(name));
        var process = builder.start();
        try {
            if (!process.waitFor(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "A job of Spark took more than %s: %s".formatted(settings.timeout(), log));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        "A job of Spark ended with %d: %s".formatted(process.exitValue(), log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("We end before a job of Spark has", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static boolean isPassedOn(String name) {
        return PASSED_ON.contains(name) || ALSO.stream().anyMatch(name::startsWith);
    }
}

package io.ferrypay.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs. They refuse to work as root, so root runs them in a user namespace.
 */
final class Programs {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    record Result(int exit, String output) {
        boolean succeeded() {
            return exit == 0;
        }
    }

    private final PostgresBinaries binaries;
    private final List<String> prefix;

    Programs(PostgresBinaries binaries) {
        this.binaries = binaries;
        this.prefix = isRoot() ? List.of("unshare", "-U") : List.of();
    }

    Result run(String program, List<String> arguments) {
        var command = new ArrayList<>(prefix);
        command.add(binaries.program(program).toString());
        command.addAll(arguments);
        try {
            // To a file, not a pipe: the server inherits it and must outlive whoever reads a pipe.
            var output = Files.createTempFile("ferry-" + program, ".out");
            try {
                var builder = new ProcessBuilder(command).redirectErrorStream(true);
                builder.redirectOutput(output.toFile());
                builder.redirectInput(Path.of("/dev/null").toFile());
                builder.environment().put("LC_ALL", "C");
                builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
                var process = builder.start();
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new LocalPostgresFailed(program + " did not end within " + PATIENCE);
                }
                var said = Files.readString(output, StandardCharsets.UTF_8);
                return new Result(process.exitValue(), explained(said));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new LocalPostgresFailed("Could not run " + command.getFirst() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalPostgresFailed("Interrupted while running " + program, e);
        }
    }

    private String explained(String output) {
        return !prefix.isEmpty() && output.startsWith("unshare:")
                ? output
                        + "PostgreSQL does not run as root, and this system gives root no user"
                        + " namespace to run it in. Start it as an ordinary user."
                : output;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}

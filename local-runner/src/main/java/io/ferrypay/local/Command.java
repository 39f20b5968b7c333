package io.ferrypay.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One run of another program, with its output in a file and a limit on its time. */
final class Command {

    private Command() {}

    /** The java of the JDK this runner itself runs on. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Runs to the end; a failure becomes a reason that names the log and quotes its end. */
    static void run(
            String what,
            Path directory,
            Path log,
            Duration limit,
            Map<String, String> environment,
            List<String> command) {
        var exit = exitCode(what, directory, log, limit, environment, command);
        if (exit != 0) {
            throw new Refusal(
                    what
                            + " failed (exit "
                            + exit
                            + "). The end of "
                            + log
                            + ":\n"
                            + tail(log, 25));
        }
    }

    static int exitCode(
            String what,
            Path directory,
            Path log,
            Duration limit,
            Map<String, String> environment,
            List<String> command) {
        try {
            Files.createDirectories(log.getParent());
            var builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            var stopWithUs = new Thread(() -> stop(process.toHandle()));
            Runtime.getRuntime().addShutdownHook(stopWithUs);
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    stop(process.toHandle());
                    throw new Refusal(
                            what
                                    + " took longer than "
                                    + limit.toMinutes()
                                    + " min and was stopped; see "
                                    + log
                                    + ".");
                }
                return process.exitValue();
            } finally {
                removeHook(stopWithUs);
            }
        } catch (IOException e) {
            throw new Refusal("Could not run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(what + " was interrupted.", e);
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The machine is on its way down already, and the hook has run.
        }
    }

    private static void stop(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    static String tail(Path log, int lines) {
        try {
            var all = Files.readAllLines(log);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(" + log + " can't be read: " + e.getMessage() + ")";
        }
    }
}

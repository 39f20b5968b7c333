package io.ferrypay.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ahead-of-time caches of the JVM, one a service: loaded and linked classes and profiles from a
 * training run that refreshes the application and ends. A service without one starts all the same,
 * only slower.
 */
final class StartupCaches {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int AT_ONCE = 2;

    private final Workspace workspace;
    private final Launch launch;

    private final Choice choice;

    StartupCaches(Workspace workspace, Launch launch) {
        this(workspace, launch, Choice.of(System.getenv("FERRY_STARTUP_CACHES")));
    }

    StartupCaches(Workspace workspace, Launch launch, Choice choice) {
        this.workspace = workspace;
        this.launch = launch;
        this.choice = choice;
    }

    /**
     * What {@code FERRY_STARTUP_CACHES} asks for: {@code off} for none, modules separated by commas
     * for theirs, and all when it is not set.
     *
     * @param modules null for all
     */
    record Choice(@Nullable List<String> modules) {

        static Choice of(@Nullable String text) {
            if (text == null || text.isBlank()) {
                return new Choice(null);
            }
            return new Choice(
                    text.strip().equals("off")
                            ? List.of()
                            : List.of(text.strip().split("\\s*,\\s*", -1)));
        }

        boolean includes(Part part) {
            return modules == null || modules.contains(part.module());
        }

        /** Whoever names what to make wants to hear that it can't be made. */
        boolean demanded() {
            return modules != null;
        }
    }

    List<String> options(Part part) {
        return choice.includes(part) && fresh(part)
                ? List.of("-XX:AOTCache=" + cache(part))
                : List.of();
    }

    void train(Consumer<String> announce, CountDownLatch stopAsked) throws InterruptedException {
        var missing =
                Stream.of(Part.values())
                        .filter(part -> choice.includes(part) && !fresh(part))
                        .toList();
        if (missing.isEmpty()) {
            return;
        }
        announce.accept(
                "training start-up caches: "
                        + String.join(", ", missing.stream().map(Part::module).toList()));
        try (var workers = Executors.newFixedThreadPool(AT_ONCE)) {
            var runs = new ArrayList<Future<?>>();
            for (var part : missing) {
                runs.add(
                        workers.submit(() -> {
                            if (stopAsked.getCount() > 0) {
                                train(part);
                            }
                        }));
            }
            for (var run : runs) {
                run.get();
            }
        } catch (ExecutionException e) {
            if (choice.demanded()) {
                throw new Refusal("A start-up cache could not be made: " + e.getCause(), e);
            }
            System.err.println(
                    "A start-up cache could not be made; the service starts without one: "
                            + e.getCause());
        }
    }

    private void train(Part part) {
        var folder = Build.extracted(workspace, part);
        var options =
                List.of("-XX:AOTCacheOutput=" + cache(part), "-Dspring.context.exit=onRefresh");
        Command.run(
                "The training run of " + part.module(),
                folder,
                workspace.logs().resolve("training-" + part.module() + ".log"),
                LIMIT,
                launch.environment(part),
                launch.command(part, options));
        write(stamp(part), identity(part));
    }

    private boolean fresh(Part part) {
        return Files.exists(cache(part))
                && Files.exists(stamp(part))
                && read(stamp(part)).equals(identity(part));
    }

    /** A cache fits one build of the jar, in one folder, on one version of Java. */
    private String identity(Part part) {
        var jar = Build.jar(workspace, part);
        return String.join(
                "\n",
                jar.toString(),
                String.valueOf(jar.toFile().lastModified()),
                String.valueOf(jar.toFile().length()),
                System.getProperty("java.vm.version", ""),
                String.join(" ", launch.command(part, List.of())));
    }

    private Path cache(Part part) {
        return workspace.build().resolve(part.module() + ".aot");
    }

    private Path stamp(Part part) {
        return workspace.build().resolve(part.module() + ".aot.stamp");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

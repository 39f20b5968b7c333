package io.ferrypay.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Brings what runs up to date with the sources: jars by Maven, taken apart for a quick start, and
 * the web apps by npm. What has not changed since the last time is left alone.
 */
public final class Build {

    private static final List<String> SHARED_SOURCES =
            List.of("pom.xml", ".mvn/jvm.config", "platform");
    private static final Duration MAVEN_LIMIT = Duration.ofMinutes(20);
    private static final Duration NPM_LIMIT = Duration.ofMinutes(10);

    private final Workspace workspace;
    private final Progress progress;

    public Build(Workspace workspace, Progress progress) {
        this.workspace = workspace;
        this.progress = progress;
    }

    public void bringUpToDate() {
        var stale = Stream.of(Part.values()).filter(part -> !upToDate(part)).toList();
        if (!stale.isEmpty()) {
            progress.step(
                    "build " + String.join(", ", stale.stream().map(Part::module).toList()),
                    () -> compile(stale));
        }
        if (!recorded("web").equals(webDigest())) {
            progress.step("build web apps", this::buildWeb);
        }
    }

    static Path webRoot(Workspace workspace) {
        return workspace.build().resolve("web");
    }

    static Path extracted(Workspace workspace, Part part) {
        return workspace.build().resolve(part.module());
    }

    static Path jar(Workspace workspace, Part part) {
        return extracted(workspace, part).resolve(part.module() + ".jar");
    }

    private boolean upToDate(Part part) {
        return recorded(part.module()).equals(digest(part)) && Files.exists(jar(workspace, part));
    }

    private String digest(Part part) {
        var places = new ArrayList<>(SHARED_SOURCES);
        places.add(part.module() + "/pom.xml");
        places.add(part.module() + "/src/main");
        return SourceDigest.of(workspace.root(), places);
    }

    private String webDigest() {
        return SourceDigest.of(
                workspace.root(),
                List.of("web/package.json", "web/package-lock.json", "web/apps", "web/packages"));
    }

    private void compile(List<Part> parts) {
        var command =
                new ArrayList<>(
                        List.of(
                                maven(),
                                "-q",
                                "-B",
                                "-pl",
                                String.join(",", parts.stream().map(Part::module).toList()),
                                "-am",
                                "package",
                                "-DskipTests",
                                "-Dspotless.check.skip=true"));
        Command.run(
                "The Maven build",
                workspace.root(),
                workspace.logs().resolve("build-java.log"),
                MAVEN_LIMIT,
                Map.of(),
                command);
        for (var part : parts) {
            takeApart(part);
            record(part.module(), digest(part));
        }
    }

    /**
     * A plain jar with its libraries beside it starts quicker than a jar of jars, and only so can
     * the JVM keep a cache of it.
     */
    private void takeApart(Part part) {
        var built = newestJar(part);
        var target = extracted(workspace, part);
        deleteTree(target);
        Command.run(
                "Taking " + built.getFileName() + " apart",
                workspace.root(),
                workspace.logs().resolve("build-java.log"),
                Duration.ofMinutes(1),
                Map.of(),
                List.of(
                        Command.java(),
                        "-Djarmode=tools",
                        "-jar",
                        built.toString(),
                        "extract",
                        "--destination",
                        target.toString(),
                        "--force"));
        try {
            Files.move(
                    target.resolve(built.getFileName()),
                    jar(workspace, part),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path newestJar(Part part) {
        var target = workspace.root().resolve(part.module()).resolve("target");
        try (var files = Files.list(target)) {
            return files.filter(file ->
                            file.getFileName().toString().startsWith(part.module() + "-")
                                    && file.getFileName().toString().endsWith(".jar"))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()))
                    .orElseThrow(() ->
                            new Refusal(
                                    "The build of "
                                            + part.module()
                                            + " left no jar in "
                                            + target
                                            + "."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void buildWeb() {
        var web = workspace.root().resolve("web");
        var digest = webDigest();
        if (!toolAnswers("npm", "--version")) {
            throw new Refusal(
                    "The web apps need Node.js 20.19 or newer with npm, and no npm was found on the PATH.");
        }
        installWebPackages(web);
        Command.run(
                "The build of the web apps",
                web,
                workspace.logs().resolve("build-web.log"),
                NPM_LIMIT,
                Map.of(),
                List.of("npm", "run", "build"));
        var root = webRoot(workspace);
        deleteTree(root);
        copyTree(web.resolve("apps/checkout/dist"), root);
        copyTree(web.resolve("apps/spotpay/dist"), root);
        copyTree(web.resolve("apps/portal/dist"), root.resolve("portal"));
        copyTree(web.resolve("apps/console/dist"), root.resolve("console"));
        record("web", digest);
    }

    private void installWebPackages(Path web) {
        var lock =
                SourceDigest.of(
                        workspace.root(), List.of("web/package.json", "web/package-lock.json"));
        if (recorded("web-packages").equals(lock)
                && Files.isDirectory(web.resolve("node_modules"))) {
            return;
        }
        // Not npm ci: it fails where a registry lacks one platform's build of an optional package.
        Command.run(
                "npm install",
                web,
                workspace.logs().resolve("build-web-packages.log"),
                NPM_LIMIT,
                Map.of(),
                List.of("npm", "install", "--no-save", "--no-audit", "--no-fund"));
        record("web-packages", lock);
    }

    /** A Maven on the PATH if it is recent enough, else the wrapper. */
    public String maven() {
        var log = workspace.logs().resolve("maven-version.log");
        if (toolAnswers("mvn", "-v")) {
            var version =
                    Pattern.compile("Apache Maven (\\d+)\\.(\\d+)").matcher(Command.tail(log, 50));
            if (version.find()
                    && (Integer.parseInt(version.group(1)) > 3
                            || Integer.parseInt(version.group(2)) >= 8)) {
                return "mvn";
            }
        }
        return workspace.root().resolve("mvnw").toString();
    }

    private boolean toolAnswers(String tool, String question) {
        try {
            return Command.exitCode(
                            tool,
                            workspace.root(),
                            workspace
                                    .logs()
                                    .resolve(
                                            (tool.equals("mvn") ? "maven" : tool) + "-version.log"),
                            Duration.ofSeconds(30),
                            Map.of(),
                            List.of(tool, question))
                    == 0;
        } catch (Refusal _) {
            return false;
        }
    }

    private String recorded(String what) {
        var stamp = workspace.build().resolve(what + ".digest");
        try {
            return Files.exists(stamp) ? Files.readString(stamp) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void record(String what, String digest) {
        try {
            Files.createDirectories(workspace.build());
            Files.writeString(workspace.build().resolve(what + ".digest"), digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteTree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyTree(Path from, Path to) {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

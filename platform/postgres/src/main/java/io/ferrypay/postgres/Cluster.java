package io.ferrypay.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data of one server: {@code cluster/} (PostgreSQL's own folder), {@code admin-password} and
 * {@code server.log}. Whoever uses it holds the folder's {@link FolderLock}.
 */
final class Cluster {
    static final String ADMIN = "postgres";

    private static final Logger log = LoggerFactory.getLogger(Cluster.class);
    private static final String VERSION = "18";
    private static final Duration START_OR_STOP = Duration.ofSeconds(60);
    private static final Duration LAST_MOMENTS = Duration.ofSeconds(5);
    private static final int LOG_LINES = 15;
    private static final int MOST_STARTS = 5;

    private final Path folder;
    private final Path data;
    private final Path passwordFile;
    private final Path serverLog;
    private final Programs programs;

    Cluster(Path folder, Programs programs) {
        this.folder = folder;
        this.data = folder.resolve("cluster");
        this.passwordFile = folder.resolve("admin-password");
        this.serverLog = folder.resolve("server.log");
        this.programs = programs;
    }

    /**
     * Makes the data folder if there is none; an earlier attempt that did not finish is thrown
     * away.
     */
    void prepare(boolean durable) throws IOException {
        var version = data.resolve("PG_VERSION");
        if (Files.exists(version)) {
            var found = Files.readString(version).strip();
            if (!found.equals(VERSION)) {
                throw new LocalPostgresFailed(
                        data + " was made by PostgreSQL " + found + ", this is " + VERSION);
            }
            return;
        }
        var unfinished = folder.resolve("cluster.new");
        PostgresBinaries.delete(unfinished);
        writePassword();
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--pgdata=" + unfinished,
                                "--username=" + ADMIN,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8"));
        if (!durable) {
            arguments.add("--no-sync");
        }
        var result = programs.run("initdb", arguments);
        if (!result.succeeded()) {
            throw new LocalPostgresFailed(
                    "PostgreSQL could not create " + data + ":\n" + result.output());
        }
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    String adminPassword() throws IOException {
        return Files.readString(passwordFile).strip();
    }

    /**
     * Deals with what a killed process left behind. We hold the folder's lock, so a server still
     * running on it has lost the process that looked after it.
     */
    void clearLeftovers() throws IOException {
        var left = serverPid();
        if (left.isEmpty()) {
            return;
        }
        var process = ProcessHandle.of(left.getAsLong()).filter(ProcessHandle::isAlive);
        var command = process.flatMap(found -> found.info().command());
        if (process.isEmpty()) {
            log.info("PostgreSQL did not stop cleanly last time; it recovers by itself");
        } else if (command.isEmpty()) {
            log.info("Process {} tells nothing about itself; PostgreSQL decides", left.getAsLong());
        } else if (Path.of(command.get()).endsWith("postgres") && isOurs(process.get())) {
            log.info("Stopping the PostgreSQL an earlier process left running");
            stop();
        } else {
            log.info("postmaster.pid names process {}, not our PostgreSQL", left.getAsLong());
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    void start(int port, boolean durable) throws IOException {
        for (var attempt = 1; ; attempt++) {
            if (Files.exists(serverLog)) {
                Files.move(
                        serverLog,
                        folder.resolve("server.log.1"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
            var result =
                    programs.run(
                            "pg_ctl",
                            List.of(
                                    "start",
                                    "--pgdata=" + data,
                                    "--log=" + serverLog,
                                    "--wait",
                                    "--timeout=" + START_OR_STOP.toSeconds(),
                                    "--options=" + ServerSettings.options(port, durable)));
            if (result.succeeded()) {
                return;
            }
            var said = lastLines();
            // Sessions of a killed server need a moment to notice and let go of its memory.
            var lingering = said.contains("pre-existing shared memory block");
            if (!lingering || attempt == MOST_STARTS) {
                throw new LocalPostgresFailed(
                        "PostgreSQL did not start on port "
                                + port
                                + ":\n"
                                + said
                                + result.output());
            }
            pause();
        }
    }

    void stop() throws IOException {
        var pid = serverPid();
        var server =
                pid.isPresent()
                        ? ProcessHandle.of(pid.getAsLong())
                        : Optional.<ProcessHandle>empty();
        var result =
                programs.run(
                        "pg_ctl",
                        List.of(
                                "stop",
                                "--pgdata=" + data,
                                "--mode=fast",
                                "--wait",
                                "--timeout=" + START_OR_STOP.toSeconds()));
        if (!result.succeeded() && isRunning()) {
            throw new LocalPostgresFailed("PostgreSQL did not stop:\n" + result.output());
        }
        // pg_ctl is content when the pid file is gone; the port is free a moment later.
        server.ifPresent(Cluster::awaitEnd);
    }

    boolean isRunning() {
        try {
            var pid = serverPid();
            return pid.isPresent()
                    && ProcessHandle.of(pid.getAsLong()).map(ProcessHandle::isAlive).orElse(false);
        } catch (IOException e) {
            return false;
        }
    }

    OptionalLong serverPid() throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .map(String::strip)
                    .filter(line -> line.matches("\\d{1,10}"))
                    .map(line -> OptionalLong.of(Long.parseLong(line)))
                    .orElse(OptionalLong.empty());
        }
    }

    private boolean isOurs(ProcessHandle process) {
        var arguments = process.info().arguments();
        return arguments.isEmpty() || List.of(arguments.get()).contains(data.toString());
    }

    private void writePassword() throws IOException {
        if (Files.exists(passwordFile)) {
            return;
        }
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        Files.createFile(
                passwordFile,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                passwordFile, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n");
    }

    private String lastLines() throws IOException {
        if (!Files.exists(serverLog)) {
            return "";
        }
        var lines = Files.readAllLines(serverLog, StandardCharsets.UTF_8);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()))
                + "\n";
    }

    private static void awaitEnd(ProcessHandle server) {
        try {
            server.onExit().get(LAST_MOMENTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.debug("PostgreSQL has stopped but its process is still listed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalPostgresFailed("Interrupted while PostgreSQL was starting", e);
        }
    }
}

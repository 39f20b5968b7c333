package io.ferrypay.local;

import io.ferrypay.local.PlatformState.Phase;
import io.ferrypay.local.PlatformState.ProcessMark;
import io.ferrypay.postgres.LocalPostgres;
import io.ferrypay.postgres.ServiceSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The process that owns all others. It starts them in order, writes to {@code state.json} how it
 * goes, starts again what dies, and takes everything down with it when it ends: by {@code ./ferry
 * down}, by a signal, or because a part can't be started.
 */
public final class Supervisor {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(25);
    private static final Duration TICK = Duration.ofMillis(150);

    private final Workspace workspace;
    private final long startedNanos = System.nanoTime();
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<ServiceProcess> processes = new ArrayList<>();

    private volatile Phase phase = Phase.STARTING;
    private volatile String activity = "starting";
    private volatile @Nullable LocalPostgres postgres;
    private volatile @Nullable Double readySeconds;
    private volatile @Nullable String error;

    private Supervisor(Workspace workspace) {
        this.workspace = workspace;
    }

    public static void main(String[] arguments) {
        var supervisor = new Supervisor(Workspace.current());
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stopFromSignal, "stop"));
        System.exit(supervisor.run());
    }

    private int run() {
        try {
            start();
            watch();
            return 0;
        } catch (Refusal e) {
            fail(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail("The start was interrupted.");
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            fail(
                    "The supervisor met an unexpected error: "
                            + e
                            + "; see "
                            + workspace.logs().resolve("supervisor.log")
                            + ".");
        } finally {
            stopEverything();
            stopped.countDown();
        }
        return 1;
    }

    private void fail(String why) {
        error = why;
        phase = Phase.FAILED;
        System.err.println(why);
    }

    private void start() throws InterruptedException {
        announce("starting PostgreSQL");
        var secrets = Secrets.of(workspace);
        var database =
                LocalPostgres.start(workspace.postgresData(), workspace.postgresPort(), true);
        postgres = database;
        for (var part : Part.values()) {
            part.schema()
                    .ifPresent(schema ->
                            ServiceSchema.provision(
                                    database.admin(), schema, secrets.passwordOf(schema)));
        }
        announce("preparing keys");
        Keys.prepare(workspace);
        var launch = new Launch(workspace, secrets, database.jdbcUrl());
        var caches = new StartupCaches(workspace, launch);
        caches.train(this::announce, stopAsked);

        announce("starting services");
        for (var part : Part.values()) {
            var process = new ServiceProcess(workspace, part, launch);
            processes.add(process);
            process.start(caches.options(part));
        }
        awaitReady();
        announce("asking the gateway for a payment list");
        new FirstAnswer(workspace).await(READY_LIMIT, stopAsked);
        readySeconds = (System.nanoTime() - startedNanos) / 1e9;
        phase = Phase.READY;
        announce("running");
    }

    private void awaitReady() throws InterruptedException {
        var deadline = System.nanoTime() + READY_LIMIT.toNanos();
        while (!stopAsked.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            var allReady = true;
            for (var process : processes) {
                if (process.died()) {
                    throw new Refusal(
                            process.part().module()
                                    + " died while starting (exit "
                                    + process.exitCode()
                                    + "). The end of "
                                    + workspace.log(process.part())
                                    + ":\n"
                                    + Command.tail(workspace.log(process.part()), 25));
                }
                allReady &= process.poll();
            }
            write();
            if (allReady) {
                return;
            }
            if (System.nanoTime() > deadline) {
                var late =
                        processes.stream()
                                .filter(process -> !process.poll())
                                .map(process -> process.part().module())
                                .toList();
                throw new Refusal(
                        "Not ready after "
                                + READY_LIMIT.toSeconds()
                                + " s: "
                                + String.join(", ", late)
                                + ". See ./ferry logs <service>.");
            }
        }
        throw new Refusal("Stopped before it was ready.");
    }

    private void watch() throws InterruptedException {
        var caches =
                new StartupCaches(workspace, new Launch(workspace, Secrets.of(workspace), null));
        while (!stopAsked.await(TICK.toMillis(), TimeUnit.MILLISECONDS)) {
            var changed = false;
            for (var process : processes) {
                if (process.died() && !process.failedForGood()) {
                    System.err.println(
                            process.part().module()
                                    + " ended by itself (exit "
                                    + process.exitCode()
                                    + "); starting it again");
                    process.restart(caches.options(process.part()));
                    changed = true;
                } else if (!process.describe().state().equals("ready")) {
                    changed |= process.poll();
                }
            }
            if (changed) {
                write();
            }
        }
    }

    private void stopFromSignal() {
        stopAsked.countDown();
        try {
            if (!stopped.await(STOP_PATIENCE.plusSeconds(20).toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("Gave up waiting for the processes to stop.");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopEverything() {
        if (phase != Phase.FAILED) {
            phase = Phase.STOPPING;
        }
        announce("stopping");
        processes.forEach(ServiceProcess::askToStop);
        try {
            for (var process : processes) {
                process.awaitStop(STOP_PATIENCE);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        var database = postgres;
        if (database != null) {
            database.close();
            postgres = null;
        }
        announce(phase == Phase.FAILED ? "failed" : "stopped");
    }

    private void announce(String what) {
        activity = what;
        write();
    }

    private synchronized void write() {
        var database = postgres;
        Json.write(
                workspace.stateFile(),
                new PlatformState(
                        phase,
                        ProcessMark.of(ProcessHandle.current()),
                        activity,
                        processes.stream().map(ServiceProcess::describe).toList(),
                        database == null ? null : PostgresProcess.pid(workspace),
                        readySeconds,
                        error));
    }
}

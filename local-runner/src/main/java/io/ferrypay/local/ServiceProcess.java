package io.ferrypay.local;

import io.ferrypay.local.PlatformState.PartState;
import io.ferrypay.local.PlatformState.ProcessMark;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One part as a process: started, watched until it says it is ready, started again when it dies,
 * stopped.
 */
final class ServiceProcess {

    private static final int MOST_RESTARTS = 20;

    private final Workspace workspace;
    private final Part part;
    private final Launch launch;
    private final URI readiness;

    private volatile @Nullable Process process;
    private volatile @Nullable ProcessMark mark;
    private volatile String state = "waiting";
    private volatile long startedNanos;
    private volatile @Nullable Double readySeconds;
    private volatile int restarts;
    private volatile boolean stopping;

    ServiceProcess(Workspace workspace, Part part, Launch launch) {
        this.workspace = workspace;
        this.part = part;
        this.launch = launch;
        var port = part == Part.GATEWAY ? workspace.gatewayManagementPort() : workspace.port(part);
        this.readiness = URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness");
    }

    Part part() {
        return part;
    }

    synchronized void start(List<String> jvmOptions) {
        if (stopping) {
            return;
        }
        try {
            Files.createDirectories(workspace.logs());
            var builder =
                    new ProcessBuilder(launch.command(part, jvmOptions))
                            .directory(Build.extracted(workspace, part).toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(workspace.log(part).toFile()));
            builder.environment().putAll(launch.environment(part));
            startedNanos = System.nanoTime();
            state = "starting";
            var started = builder.start();
            process = started;
            // Of a process that has ended the system tells no start time any more.
            mark = ProcessMark.of(started.toHandle());
        } catch (IOException e) {
            throw new Refusal("Could not start " + part.module() + ": " + e.getMessage(), e);
        }
    }

    /** Starts a process that died by itself once more, unless it has died too often. */
    synchronized void restart(List<String> jvmOptions) {
        if (restarts >= MOST_RESTARTS) {
            state = "failed";
            return;
        }
        restarts = restarts + 1;
        start(jvmOptions);
    }

    /** Asks once; the answer is remembered. */
    boolean poll() {
        if (state.equals("ready")) {
            return true;
        }
        if (answersReady()) {
            state = "ready";
            readySeconds = (System.nanoTime() - startedNanos) / 1e9;
            return true;
        }
        return false;
    }

    private boolean answersReady() {
        try {
            var connection = (HttpURLConnection) readiness.toURL().openConnection();
            connection.setConnectTimeout(500);
            connection.setReadTimeout(2000);
            return connection.getResponseCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    boolean died() {
        var current = process;
        return current != null && !current.isAlive() && !stopping;
    }

    int exitCode() {
        var current = process;
        return current == null ? 0 : current.exitValue();
    }

    boolean failedForGood() {
        return state.equals("failed");
    }

    void askToStop() {
        stopping = true;
        state = "stopping";
        var current = process;
        if (current != null) {
            current.destroy();
        }
    }

    /** Waits for the end that was asked for and insists when it does not come. */
    void awaitStop(Duration patience) throws InterruptedException {
        var current = process;
        if (current != null && !current.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            current.destroyForcibly();
            current.waitFor();
        }
        state = "stopped";
    }

    PartState describe() {
        return new PartState(part.module(), state, mark, readySeconds, restarts);
    }
}

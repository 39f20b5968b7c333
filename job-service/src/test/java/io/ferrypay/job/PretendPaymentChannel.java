package io.ferrypay.job;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Answers as the services would that do the jobs, counts, and notices when one job runs twice at a
 * time.
 */
final class PretendPaymentChannel extends Dispatcher implements AutoCloseable {
    static final String QUERY = "/internal/jobs/query-pending-payments";
    static final String EXPIRE = "/internal/jobs/expire-unpaid-payments";
    static final String REFUNDS = "/internal/jobs/advance-refunds";

    /** Of trade-admin-service, which this stands for, too. */
    static final String SETTLE = "/internal/jobs/settle-channel-days";

    static final String CUT = "/internal/jobs/cut-withdrawal-batches";
    static final String SCHEDULES = "/internal/jobs/run-withdrawal-schedules";

    /** Of reconcile-service, which is here, too. */
    static final String STATEMENTS = "/internal/jobs/reconcile-statements";

    private final MockWebServer server = new MockWebServer();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> current = new ConcurrentHashMap<>();
    private final AtomicInteger overlaps = new AtomicInteger();
    volatile int status = 200;
    volatile int examined = 3;
    volatile int unknown;
    volatile Duration takes = Duration.ZERO;
    volatile @Nullable RecordedRequest last;
    volatile @Nullable RecordedRequest lastOfBooks;
    volatile @Nullable RecordedRequest lastOfStatements;

    /** Answers 503 here, whatever {@link #status} says. */
    volatile @Nullable String broken;

    PretendPaymentChannel() throws IOException {
        server.setDispatcher(this);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getPort();
    }

    int calls(String path) {
        return calls.computeIfAbsent(path, _ -> new AtomicInteger()).get();
    }

    int overlaps() {
        return overlaps.get();
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        var path = request.getUrl().encodedPath();
        if (path.equals(SETTLE) || path.equals(CUT) || path.equals(SCHEDULES)) {
            lastOfBooks = request;
        } else if (path.equals(STATEMENTS)) {
            lastOfStatements = request;
        } else {
            last = request;
        }
        var running = current.computeIfAbsent(path, _ -> new AtomicInteger());
        if (running.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        try {
            calls.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
            TimeUnit.NANOSECONDS.sleep(takes.toNanos());
            return new MockResponse.Builder()
                    .code(path.equals(broken) ? 503 : status)
                    .addHeader("Content-Type", "application/json")
                    .body(
                            "{\"examined\":"
                                    + examined
                                    + ",\"changed\":1,\"unknown\":"
                                    + unknown
                                    + "}")
                    .build();
        } finally {
            running.decrementAndGet();
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.payment.PaymentChanges;
import io.ferrypay.problem.ApiException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells pages and tills at once when their payment changes, as server-sent events. A stream is a
 * loop in its request's own (virtual) thread: it holds no database connection while nothing
 * happens.
 */
@Component
public class CheckoutStreams {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST_STREAM = Duration.ofMinutes(9);
    private static final int MOST_STREAMS = 2_000;

    // A page that is reloaded leaves a stream behind until heartbeats find nobody there.
    private static final int MOST_OF_ONE_PAYMENT = 10;

    private final PaymentChanges changes;
    private final JsonMapper json;
    private final Semaphore places = new Semaphore(MOST_STREAMS);
    private final Map<String, Integer> byPayment = new ConcurrentHashMap<>();

    CheckoutStreams(PaymentChanges changes, JsonMapper json) {
        this.changes = changes;
        this.json = json;
    }

    /**
     * Something to show, as it was at a version of its payment.
     *
     * @param view is told in JSON
     */
    public record Snapshot(String paymentId, long version, Object view) {}

    /**
     * Ends when there is nothing more to see, the page goes away, the service stops, or after nine
     * minutes.
     */
    public void stream(
            Snapshot first, Supplier<Optional<Snapshot>> look, HttpServletResponse response)
            throws IOException, InterruptedException {
        if (!enter(first.paymentId())) {
            throw tooMany();
        }
        // The stream keeps its place among the waiting for life: one that could be sent away
        // between two waits would run in circles.
        try (var watching =
                changes.watch(first.paymentId(), first.version())
                        .orElseThrow(CheckoutStreams::tooMany)) {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            tell(first, look, watching, response.getOutputStream());
        } finally {
            leave(first.paymentId());
        }
    }

    private boolean enter(String paymentId) {
        if (!places.tryAcquire()) {
            return false;
        }
        if (byPayment.merge(paymentId, 1, Integer::sum) > MOST_OF_ONE_PAYMENT) {
            leave(paymentId);
            return false;
        }
        return true;
    }

    private void leave(String paymentId) {
        byPayment.computeIfPresent(paymentId, (_, streams) -> streams == 1 ? null : streams - 1);
        places.release();
    }

    private static ApiException tooMany() {
        return ApiException.of(CheckoutProblems.TOO_MANY_STREAMS).retryAfter(Duration.ofSeconds(5));
    }

    private void tell(
            Snapshot first,
            Supplier<Optional<Snapshot>> look,
            PaymentChanges.Watching watching,
            OutputStream out)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + LONGEST_STREAM.toNanos();
        var seen = first.version();
        write(out, "retry: 2000\n" + state(first));
        while (System.nanoTime() < end && changes.isRunning()) {
            var newest = watching.await(seen, HEARTBEAT);
            if (newest == seen) {
                write(out, ": still here\n\n");
                continue;
            }
            var now = look.get();
            if (now.isEmpty()) {
                return; // The link was replaced: the page will ask again and be told.
            }
            write(out, state(now.get()));
            // Even if we looked and saw something older: what has been told is waited for no more.
            seen = Math.max(newest, now.get().version());
        }
    }

    private String state(Snapshot shown) {
        return "id: "
                + shown.version()
                + "\nevent: state\ndata: "
                + json.writeValueAsString(shown.view())
                + "\n\n";
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}

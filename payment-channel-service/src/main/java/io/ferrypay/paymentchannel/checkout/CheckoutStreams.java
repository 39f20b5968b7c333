package io.ferrypay.paymentchannel.checkout;

import io.ferrypay.paymentchannel.checkout.ShowCheckout.Shown;
import io.ferrypay.paymentchannel.payment.PaymentChanges;
import io.ferrypay.problem.ApiException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells pages at once when their payment changes, as server-sent events. A stream is a loop in its
 * request's own (virtual) thread: it holds no database connection while nothing happens.
 */
@Component
class CheckoutStreams {

    static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST_STREAM = Duration.ofMinutes(9);
    private static final int MOST_STREAMS = 2_000;

    private final PaymentChanges changes;
    private final JsonMapper json;
    private final Semaphore places = new Semaphore(MOST_STREAMS);

    CheckoutStreams(PaymentChanges changes, JsonMapper json) {
        this.changes = changes;
        this.json = json;
    }

    /** Ends when the link dies, the page goes away, the service stops, or after nine minutes. */
    void stream(Shown first, Supplier<Optional<Shown>> look, HttpServletResponse response)
            throws IOException, InterruptedException {
        if (!places.tryAcquire()) {
            throw ApiException.of(CheckoutProblems.TOO_MANY_STREAMS)
                    .retryAfter(Duration.ofSeconds(5));
        }
        try {
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            tell(first, look, response.getOutputStream());
        } finally {
            places.release();
        }
    }

    private void tell(Shown first, Supplier<Optional<Shown>> look, OutputStream out)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + LONGEST_STREAM.toNanos();
        var shown = first;
        write(out, "retry: 2000\n" + state(shown));
        while (System.nanoTime() < end && changes.isRunning()) {
            if (!changes.await(shown.paymentId(), shown.version(), HEARTBEAT)) {
                write(out, ": still here\n\n");
                continue;
            }
            var now = look.get();
            if (now.isEmpty()) {
                return; // The link was replaced: the page will ask again and be told.
            }
            shown = now.get();
            write(out, state(shown));
        }
    }

    private String state(Shown shown) {
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

package io.ferrypay.paymentchannel.checkout;

import static io.ferrypay.paymentchannel.FakeChannel.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferrypay.paymentchannel.RunningServiceTest;
import io.ferrypay.paymentchannel.payment.PaymentChanges;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

class CheckoutStreamsTest extends RunningServiceTest {

    @Autowired private PaymentChanges changes;

    private final HttpClient pages = HttpClient.newHttpClient();
    private final List<PaymentChanges.Watching> others = new ArrayList<>();
    private final List<JsonNode> shown = new ArrayList<>();

    @AfterEach
    void everybody_goes_home() {
        others.forEach(PaymentChanges.Watching::close);
        pages.shutdownNow();
        for (var payment : shown) { // A page whose link was replaced is told nothing more.
            post("/v2/payments/" + payment.path("id").asString() + ":reissue_nonce", "");
        }
    }

    @Test
    void a_stream_that_could_not_wait_is_refused_rather_than_run_in_circles() {
        var payment = created();
        takeEveryPlace();

        var answer = stream(payment);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(JSON.readTree(answer.body()).path("code").asString())
                .isEqualTo("too_many_streams");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");

        others.removeLast().close();
        assertThat(stream(payment).statusCode()).isEqualTo(200);
    }

    @Test
    void a_long_poll_that_could_not_wait_is_answered_with_what_is_known_but_not_at_once() {
        var payment = created();
        takeEveryPlace();
        var before = System.nanoTime();

        var answer = get("/v2/payments/" + payment.path("id").asString() + "?wait=25");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
    }

    @Test
    void one_payment_has_only_so_many_streams_and_gets_them_back() throws Exception {
        var payment = created();
        var streams = new ArrayList<InputStream>();
        for (var i = 0; i < 10; i++) {
            var answer = stream(payment);
            assertThat(answer.statusCode()).isEqualTo(200);
            streams.add(answer.body());
        }

        assertThat(stream(payment).statusCode()).isEqualTo(503);
        assertThat(stream(created()).statusCode()).isEqualTo(200);

        for (var stream : streams) {
            stream.close();
        }
        var order = offered(payment); // Something to tell: nobody is there to hear it.
        notified(order, success(order, "42000001"));
        await().atMost(Duration.ofSeconds(25)).until(() -> stream(payment).statusCode() == 200);
    }

    private void takeEveryPlace() {
        // Pages of other tests that have gone leave their places after a heartbeat or two.
        await().atMost(CheckoutStreams.HEARTBEAT.multipliedBy(2).plusSeconds(10))
                .until(() -> changes.waiting() == 0);
        for (var watching = changes.watch("pay_of_others", 1);
                watching.isPresent();
                watching = changes.watch("pay_of_others", 1)) {
            others.add(watching.get());
        }
    }

    private HttpResponse<InputStream> stream(JsonNode payment) {
        shown.add(payment);
        try {
            return pages.send(
                    request("/checkout/" + nonce(payment) + "/events", null).GET().build(),
                    BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String nonce(JsonNode payment) {
        return payment.path("nonce").asString();
    }
}

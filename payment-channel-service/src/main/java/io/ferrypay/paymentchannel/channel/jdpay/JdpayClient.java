package io.ferrypay.paymentchannel.channel.jdpay;

import io.ferrypay.paymentchannel.channel.CallGuard;
import io.ferrypay.paymentchannel.channel.jdpay.JdpayMessages.Opened;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/** The calls one account makes to JD's servers. Trouble is an answer, never an exception. */
final class JdpayClient {

    private static final Logger log = LoggerFactory.getLogger(JdpayClient.class);
    private static final MediaType XML = MediaType.get("application/xml");
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private final String accountId;
    private final URI gateway;
    private final JdpayMessages messages;
    private final OkHttpClient http;
    private final CallGuard guard;

    JdpayClient(
            String accountId,
            URI gateway,
            JdpayMessages messages,
            OkHttpClient http,
            CallGuard guard) {
        this.accountId = accountId;
        this.gateway = gateway;
        this.messages = messages;
        this.http = http;
        this.guard = guard;
    }

    /** Notes on each request whether it left: without a connection it has not. */
    static Response noteThatItLeft(Interceptor.Chain chain) throws IOException {
        var sent = chain.request().tag(AtomicBoolean.class);
        if (sent != null) {
            sent.set(true);
        }
        return chain.proceed(chain.request());
    }

    /** What we ask of JD; each has its own breaker, so that a failing one stops no other. */
    enum Operation {
        UNIORDER("uniorder"),
        QUERY("query"),
        REFUND("refund"),
        QUERY_REFUND("queryRefund"),
        REVOKE("revoke");

        private final String path;

        Operation(String path) {
            this.path = path;
        }
    }

    /**
     * Makes one call.
     *
     * @param fields in the order in which they are written
     * @param reader reads a verified answer; null when it is not about what was asked
     */
    <T> JdpayAnswer<T> call(
            Operation operation,
            Map<String, String> fields,
            Function<Element, @Nullable T> reader) {
        return guard.around(
                operation.name().toLowerCase(Locale.ROOT),
                () -> send(operation, fields, reader),
                JdpayAnswer::isUsable,
                JdpayAnswer.NotNow::new);
    }

    private <T> JdpayAnswer<T> send(
            Operation operation,
            Map<String, String> fields,
            Function<Element, @Nullable T> reader) {
        var sent = new AtomicBoolean();
        var body = messages.request(fields).getBytes(StandardCharsets.UTF_8);
        var request =
                new Request.Builder()
                        .url(gateway + "/" + operation.path)
                        .tag(AtomicBoolean.class, sent)
                        .post(RequestBody.create(body, XML))
                        .build();
        JdpayAnswer<T> answer;
        try (var response = http.newCall(request).execute()) {
            if (response.code() != 200) {
                answer = new JdpayAnswer.Unknown<>("HTTP " + response.code());
            } else {
                var bytes = response.body().byteStream().readNBytes(MAX_ANSWER_BYTES + 1);
                answer =
                        bytes.length > MAX_ANSWER_BYTES
                                ? new JdpayAnswer.Unknown<>("an answer too large")
                                : read(new String(bytes, StandardCharsets.UTF_8), reader);
            }
        } catch (IOException e) {
            // The message may quote addresses; the kind says enough.
            var why = e.getClass().getSimpleName();
            answer = sent.get() ? new JdpayAnswer.Unknown<>(why) : new JdpayAnswer.NotNow<>(why);
        }
        if (!(answer instanceof JdpayAnswer.Done)) {
            log.warn("JD Pay {} on account {}: {}", operation, accountId, answer);
        }
        return answer;
    }

    private <T> JdpayAnswer<T> read(String text, Function<Element, @Nullable T> reader) {
        return switch (messages.open(text)) {
            case Opened.Genuine(var root, _) -> {
                var value = reader.apply(root);
                yield value == null
                        ? new JdpayAnswer.Unknown<>("an answer to something else")
                        : new JdpayAnswer.Done<>(value);
            }
            case Opened.Failure(var code, _) -> new JdpayAnswer.Failed<>(code);
            case Opened.Doubtful(var why) ->
                    new JdpayAnswer.Unknown<>(why.name().toLowerCase(Locale.ROOT) + " answer");
        };
    }
}

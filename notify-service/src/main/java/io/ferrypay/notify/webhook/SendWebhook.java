package io.ferrypay.notify.webhook;

import io.ferrypay.events.Event;
import io.ferrypay.notify.webhook.Deliveries.Due;
import io.ferrypay.notify.webhook.Deliveries.Sent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * One try of one delivery: signs by Standard Webhooks, posts to a checked address, follows no
 * redirect, reads no more of the answer than is kept.
 */
@Component
class SendWebhook {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int ANSWER_KEPT = 4096;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    private final OkHttpClient http;
    private final TargetGuard guard;
    private final SignWebhook signatures;
    private final Clock clock;

    SendWebhook(WebhookSettings settings, TargetGuard guard, SignWebhook signatures, Clock clock) {
        this.guard = guard;
        this.signatures = signatures;
        this.clock = clock;
        this.http =
                new OkHttpClient.Builder()
                        .dns(guard)
                        .proxy(Proxy.NO_PROXY)
                        .followRedirects(false)
                        .followSslRedirects(false)
                        .retryOnConnectionFailure(true)
                        .connectTimeout(settings.connectTimeout())
                        .callTimeout(settings.callTimeout())
                        .readTimeout(settings.callTimeout())
                        .writeTimeout(settings.callTimeout())
                        .connectionPool(new ConnectionPool(settings.atOnce(), 1, TimeUnit.MINUTES))
                        .build();
    }

    Sent send(Due due) {
        var refused = guard.refuse(due.target(), due.livemode());
        if (refused.isPresent()) {
            return new Sent(null, "url_not_allowed", "", "", null);
        }
        var request = request(due);
        var headers = masked(request);
        try (var response = http.newCall(request).execute()) {
            return new Sent(
                    response.code(),
                    response.isSuccessful() ? null : "status_" + response.code(),
                    headers,
                    beginning(response),
                    retryAfter(response));
        } catch (IOException e) {
            return new Sent(null, errorOf(e), headers, "", null);
        }
    }

    private Request request(Due due) {
        var timestamp = clock.instant().getEpochSecond();
        var request = new Request.Builder().url(due.target());
        Event.traceOf(due.eventId())
                .ifPresent(trace ->
                        request.header(
                                "traceparent", "00-" + trace + "-" + trace.substring(16) + "-01"));
        return request.header("webhook-id", due.eventId())
                .header("webhook-timestamp", String.valueOf(timestamp))
                .header("webhook-signature", signatures.of(due, timestamp))
                .header("User-Agent", "Ferry-Webhooks/1")
                .post(RequestBody.create(due.body().getBytes(StandardCharsets.UTF_8), JSON))
                .build();
    }

    /**
     * A signature is as good as its content for five minutes, so the log keeps only which kinds
     * there were.
     */
    private static String masked(Request request) {
        return "webhook-id: "
                + request.header("webhook-id")
                + "\nwebhook-timestamp: "
                + request.header("webhook-timestamp")
                + "\nwebhook-signature: "
                + String.valueOf(request.header("webhook-signature"))
                        .replaceAll(",[A-Za-z0-9+/=]+", ",…");
    }

    private static String beginning(Response response) throws IOException {
        try (var body = response.body().byteStream()) {
            // NUL is the one character PostgreSQL can't keep.
            return new String(body.readNBytes(ANSWER_KEPT), StandardCharsets.UTF_8)
                    .replace("\u0000", "");
        }
    }

    private @Nullable Duration retryAfter(Response response) {
        var header = response.header("Retry-After");
        if (header == null) {
            return null;
        }
        var wait =
                header.matches("[0-9]{1,9}")
                        ? Duration.ofSeconds(Long.parseLong(header))
                        : untilDate(header);
        return wait == null || wait.isNegative()
                ? null
                : wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
    }

    private @Nullable Duration untilDate(String header) {
        try {
            return Duration.between(
                    Instant.now(clock),
                    ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME));
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static String errorOf(IOException failure) {
        return switch (failure) {
            case TargetGuard.NotPublic _ -> "url_not_allowed";
            case UnknownHostException _ -> "unknown_host";
            case InterruptedIOException _ -> "timeout";
            case SSLException _ -> "tls";
            case java.net.ConnectException _ -> "connection_refused";
            default -> "connection_broken";
        };
    }
}

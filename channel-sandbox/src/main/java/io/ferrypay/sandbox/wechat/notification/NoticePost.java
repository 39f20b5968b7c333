package io.ferrypay.sandbox.wechat.notification;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.fault.NotificationFaults.Flaw;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Posts notifications. Only 200 or 204 within five seconds is a yes; a redirect is a no. So many at
 * once and no more: the others wait their turn.
 */
@Component
class NoticePost {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int SHOWN_OF_ANSWER = 500;

    private final OkHttpClient http;
    private final Semaphore turns;
    private final SandboxClock clock;

    NoticePost(WechatProperties properties, SandboxClock clock) {
        this.turns = new Semaphore(properties.notificationParallelism());
        this.clock = clock;
        this.http =
                new OkHttpClient.Builder()
                        .callTimeout(PATIENCE)
                        .connectTimeout(PATIENCE)
                        .readTimeout(PATIENCE)
                        .followRedirects(false)
                        .connectionPool(
                                new ConnectionPool(
                                        properties.notificationParallelism(), 1, TimeUnit.MINUTES))
                        .build();
    }

    /** Sends one copy and waits for the answer. */
    SentNotice send(News news, int attempt, Notice notice) throws InterruptedException {
        turns.acquire();
        try {
            return post(news, attempt, notice);
        } finally {
            turns.release();
        }
    }

    /** Notes that an attempt was lost on the way. */
    SentNotice lose(News news, int attempt) {
        return new SentNotice(
                news.id(),
                news.eventType(),
                news.outTradeNo(),
                attempt,
                List.of("DROPPED"),
                news.notifyUrl(),
                clock.instant(),
                0,
                null,
                "not sent",
                false);
    }

    private SentNotice post(News news, int attempt, Notice notice) {
        var request =
                new Request.Builder()
                        .url(news.notifyUrl())
                        .headers(headers(notice))
                        .post(
                                RequestBody.create(
                                        notice.body().getBytes(StandardCharsets.UTF_8), JSON))
                        .build();
        var sentAt = clock.instant();
        long start = System.nanoTime();
        try (var response = http.newCall(request).execute()) {
            var answer = text(response);
            return noted(news, attempt, notice, sentAt, start, response.code(), answer);
        } catch (IOException e) {
            // Names the kind of failure only: the message may quote addresses.
            var why = e.getClass().getSimpleName();
            return noted(news, attempt, notice, sentAt, start, null, why);
        }
    }

    private SentNotice noted(
            News news,
            int attempt,
            Notice notice,
            Instant sentAt,
            long start,
            @Nullable Integer status,
            String answer) {
        boolean accepted = status != null && (status == 200 || status == 204);
        return new SentNotice(
                notice.id(),
                news.eventType(),
                news.outTradeNo(),
                attempt,
                notice.flaws().stream().map(Enum::name).toList(),
                news.notifyUrl(),
                sentAt,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                status,
                answer,
                accepted);
    }

    private static String text(Response response) throws IOException {
        var bytes = response.body().byteStream().readNBytes(SHOWN_OF_ANSWER);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Headers headers(Notice notice) {
        var signature = notice.headers();
        var headers = new Headers.Builder();
        boolean lower = notice.has(Flaw.LOWER_CASE_HEADERS);
        add(headers, lower, "Accept", "*/*");
        add(headers, lower, "User-Agent", "Mozilla/4.0");
        add(headers, lower, "Wechatpay-Timestamp", signature.timestamp());
        add(headers, lower, "Wechatpay-Nonce", signature.nonce());
        add(headers, lower, "Wechatpay-Signature", signature.signature());
        add(headers, lower, "Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        add(headers, lower, "Wechatpay-Serial", signature.serial());
        return headers.build();
    }

    private static void add(Headers.Builder headers, boolean lower, String name, String value) {
        headers.add(lower ? name.toLowerCase(Locale.ROOT) : name, value);
    }
}

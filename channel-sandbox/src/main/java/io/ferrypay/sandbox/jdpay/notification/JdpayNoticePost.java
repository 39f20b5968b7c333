package io.ferrypay.sandbox.jdpay.notification;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.jdpay.JdpayProperties;
import io.ferrypay.sandbox.jdpay.OnlyWithJdpayKeys;
import io.ferrypay.sandbox.jdpay.fault.JdpayNotificationFaults.Flaw;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Posts notifications. Only 200 with {@code success} or {@code ok} is a yes. So many at once and no
 * more: the others wait their turn.
 */
@Component
@OnlyWithJdpayKeys
class JdpayNoticePost {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final MediaType XML = MediaType.get("application/xml; charset=utf-8");
    private static final Set<String> YES = Set.of("success", "ok");
    private static final int SHOWN_OF_ANSWER = 500;

    private final OkHttpClient http;
    private final Semaphore turns;
    private final SandboxClock clock;

    JdpayNoticePost(JdpayProperties properties, SandboxClock clock) {
        this.turns = new Semaphore(properties.notificationParallelism());
        this.clock = clock;
        this.http = new OkHttpClient.Builder().callTimeout(PATIENCE).followRedirects(false).build();
    }

    /** Sends one copy and waits for the answer. */
    JdpaySentNotice send(JdpaySubject subject, int attempt, String body, List<Flaw> flaws)
            throws InterruptedException {
        turns.acquire();
        try {
            return post(subject, attempt, body, flaws.stream().map(Enum::name).toList());
        } finally {
            turns.release();
        }
    }

    /** Notes that an attempt was lost on the way. */
    JdpaySentNotice lose(JdpaySubject subject, int attempt) {
        return note(subject, attempt, List.of("DROPPED"), clock.instant(), null, "not sent");
    }

    private JdpaySentNotice post(
            JdpaySubject subject, int attempt, String body, List<String> flaws) {
        var request =
                new Request.Builder()
                        .url(subject.notifyUrl())
                        .post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8), XML))
                        .build();
        var sentAt = clock.instant();
        try (var response = http.newCall(request).execute()) {
            var bytes = response.body().byteStream().readNBytes(SHOWN_OF_ANSWER);
            var answer = new String(bytes, StandardCharsets.UTF_8);
            return note(subject, attempt, flaws, sentAt, response.code(), answer);
        } catch (IOException e) {
            // Names the kind of failure only: the message may quote addresses.
            return note(subject, attempt, flaws, sentAt, null, e.getClass().getSimpleName());
        }
    }

    private JdpaySentNotice note(
            JdpaySubject subject,
            int attempt,
            List<String> flaws,
            Instant sentAt,
            @Nullable Integer status,
            String answer) {
        boolean accepted =
                status != null
                        && status == 200
                        && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        return new JdpaySentNotice(
                subject.tradeNum(),
                subject.refundNumber(),
                attempt,
                flaws,
                subject.notifyUrl(),
                sentAt,
                status,
                answer,
                accepted);
    }
}

package io.ferrypay.sandbox.alipay.notification;

import io.ferrypay.sandbox.alipay.AlipayKeys;
import io.ferrypay.sandbox.alipay.AlipaySandboxProperties;
import io.ferrypay.sandbox.alipay.fault.NoticeFaults.Flaw;
import io.ferrypay.sandbox.alipay.order.AlipayRates;
import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Posts notifications. Only the word {@code success} with 200 in time is a yes; a redirect is a no.
 */
@Component
public class AlipayNoticePost implements Resettable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final MediaType FORM = MediaType.get("application/x-www-form-urlencoded");
    private static final int SHOWN_OF_ANSWER = 500;
    private static final int MAX_REMEMBERED = 20_000;
    private static final String OTHER_CURRENCY = "THB";
    private static final String OTHER_PARTNER = "2088999999999999";

    private final Set<String> begun = ConcurrentHashMap.newKeySet();
    private final OkHttpClient http;
    private final Semaphore turns;
    private final AlipayKeys keys;
    private final SandboxClock clock;

    AlipayNoticePost(AlipaySandboxProperties properties, AlipayKeys keys, SandboxClock clock) {
        this.keys = keys;
        this.clock = clock;
        this.turns = new Semaphore(properties.notificationParallelism());
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

    /** Whether it was ever sent: what {@code notify_verify} is asked. */
    public boolean hasSent(String id) {
        return begun.contains(id);
    }

    /** Sends one copy and waits for the answer. */
    SentAlipayNotice send(AlipayNotice notice, int attempt, List<Flaw> flaws)
            throws InterruptedException {
        turns.acquire();
        try {
            return post(notice, attempt, flaws);
        } finally {
            turns.release();
        }
    }

    /** Notes that an attempt was lost on the way. */
    SentAlipayNotice lose(AlipayNotice notice, int attempt) {
        return new SentAlipayNotice(
                notice.id(),
                notice.outTradeNo(),
                attempt,
                List.of("DROPPED"),
                notice.url(),
                clock.instant(),
                0,
                null,
                "not sent",
                false);
    }

    private SentAlipayNotice post(AlipayNotice notice, int attempt, List<Flaw> flaws) {
        var charset = Charset.forName(notice.charset());
        var fields = signed(notice, flaws, charset);
        var form =
                fields.entrySet().stream()
                        .map(field ->
                                URLEncoder.encode(field.getKey(), charset)
                                        + "="
                                        + URLEncoder.encode(field.getValue(), charset))
                        .collect(Collectors.joining("&"));
        var request =
                new Request.Builder()
                        .url(notice.url())
                        .header("User-Agent", "Mozilla/4.0")
                        .post(RequestBody.create(form.getBytes(StandardCharsets.US_ASCII), FORM))
                        .build();
        var sentAt = clock.instant();
        long start = System.nanoTime();
        if (begun.size() > MAX_REMEMBERED) {
            begun.clear(); // Alipay answers for about a minute only.
        }
        begun.add(notice.id()); // notify_verify may ask before the answer is there.
        try (var response = http.newCall(request).execute()) {
            var answer =
                    new String(
                            response.body().byteStream().readNBytes(SHOWN_OF_ANSWER),
                            StandardCharsets.UTF_8);
            return note(notice, attempt, flaws, sentAt, start, response.code(), answer);
        } catch (IOException e) {
            // Names the kind of failure only: the message may quote addresses.
            return note(notice, attempt, flaws, sentAt, start, null, e.getClass().getSimpleName());
        }
    }

    private Map<String, String> signed(AlipayNotice notice, List<Flaw> flaws, Charset charset) {
        var fields = new LinkedHashMap<>(notice.facts());
        if (flaws.contains(Flaw.TAMPERED_AMOUNT)) {
            for (var name : List.of("total_fee", "forex_total_fee", "return_amount")) {
                fields.computeIfPresent(name, (_, amount) -> oneMore(amount, fields));
            }
        }
        if (flaws.contains(Flaw.WRONG_CURRENCY)) {
            for (var name : List.of("currency", "trans_currency")) {
                fields.computeIfPresent(name, (_, _) -> OTHER_CURRENCY);
            }
        }
        if (flaws.contains(Flaw.WRONG_MERCHANT)) {
            fields.put("seller_id", OTHER_PARTNER);
        }
        var sign =
                flaws.contains(Flaw.BAD_SIGNATURE)
                        ? keys.forge(notice.signType(), charset)
                        : keys.sign(fields, notice.signType(), charset);
        fields.put("sign_type", notice.signType());
        fields.put("sign", sign);
        return fields;
    }

    private static String oneMore(String amount, Map<String, String> fields) {
        var decimals = AlipayRates.decimals(fields.getOrDefault("currency", "CNY"));
        return new BigDecimal(amount).add(BigDecimal.ONE.movePointLeft(decimals)).toPlainString();
    }

    private SentAlipayNotice note(
            AlipayNotice notice,
            int attempt,
            List<Flaw> flaws,
            Instant sentAt,
            long start,
            @Nullable Integer status,
            String answer) {
        var accepted =
                status != null && status == 200 && answer.strip().equalsIgnoreCase("success");
        return new SentAlipayNotice(
                notice.id(),
                notice.outTradeNo(),
                attempt,
                flaws.stream().map(Enum::name).toList(),
                notice.url(),
                sentAt,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                status,
                answer,
                accepted);
    }

    @Override
    public void reset() {
        begun.clear();
    }
}

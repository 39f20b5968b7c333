package io.ferrypay.sandbox.wechat.officialaccount;

import io.ferrypay.sandbox.control.SandboxClock;
import io.ferrypay.sandbox.wechat.WechatKeys;
import io.ferrypay.sandbox.wechat.WechatProperties;
import io.ferrypay.sandbox.wechat.wire.Nonces;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tells the official account's server what became of its messages, a moment after they were taken:
 * event {@code TEMPLATESENDJOBFINISH}, in plain mode. What is not answered within five seconds is
 * told three times at most.
 */
@Component
class TellArrivals {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final MediaType XML = MediaType.get("text/xml");
    private static final int TIMES = 3;
    private static final int PARALLEL = 4;
    private static final int NONCE = 10;

    /** The account's own name at WeChat. */
    private static final String ACCOUNT = "gh_7f083739789a";

    private final @Nullable URI url;
    private final WechatKeys keys;
    private final Nonces nonces;
    private final SandboxClock clock;
    private final OkHttpClient http =
            new OkHttpClient.Builder().callTimeout(PATIENCE).followRedirects(false).build();
    private final ScheduledThreadPoolExecutor tellers =
            new ScheduledThreadPoolExecutor(
                    PARALLEL, Thread.ofPlatform().name("arrivals").daemon().factory());

    TellArrivals(WechatProperties properties, WechatKeys keys, Nonces nonces, SandboxClock clock) {
        this.url = properties.eventsUrl();
        this.keys = keys;
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * @param status {@code success}, {@code failed:user block} or {@code failed: system failed}
     */
    void tell(long msgid, String openid, String status) {
        var at = url;
        if (at != null) {
            var body = body(msgid, openid, status);
            var _ = tellers.schedule(() -> tell(at, body, 1), 200, TimeUnit.MILLISECONDS);
        }
    }

    private void tell(URI at, String body, int time) {
        if (!post(at, body) && time < TIMES) {
            var _ = tellers.schedule(() -> tell(at, body, time + 1), 5, TimeUnit.SECONDS);
        }
    }

    private boolean post(URI at, String body) {
        var timestamp = String.valueOf(clock.instant().getEpochSecond());
        var nonce = nonces.next(NONCE);
        var signed =
                HttpUrl.get(at)
                        .newBuilder()
                        .addQueryParameter("signature", signature(timestamp, nonce))
                        .addQueryParameter("timestamp", timestamp)
                        .addQueryParameter("nonce", nonce)
                        .build();
        var request =
                new Request.Builder()
                        .url(signed)
                        .post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8), XML))
                        .build();
        try (var response = http.newCall(request).execute()) {
            return response.isSuccessful();
        } catch (IOException _) {
            return false;
        }
    }

    private String signature(String timestamp, String nonce) {
        var text =
                Stream.of(keys.messageToken(), timestamp, nonce)
                        .sorted()
                        .reduce("", String::concat);
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-1")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String body(long msgid, String openid, String status) {
        return """
        <xml><ToUserName><![CDATA[%s]]></ToUserName>
        <FromUserName><![CDATA[%s]]></FromUserName>
        <CreateTime>%d</CreateTime>
        <MsgType><![CDATA[event]]></MsgType>
        <Event><![CDATA[TEMPLATESENDJOBFINISH]]></Event>
        <MsgID>%d</MsgID>
        <Status><![CDATA[%s]]></Status>
        </xml>
        """
                .formatted(ACCOUNT, openid, clock.instant().getEpochSecond(), msgid, status);
    }

    @PreDestroy
    void stop() {
        tellers.shutdownNow();
    }
}

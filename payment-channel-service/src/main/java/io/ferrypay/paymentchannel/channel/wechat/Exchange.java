package io.ferrypay.paymentchannel.channel.wechat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * How far one call to WeChat got. The SDK's exceptions do not tell a request that never left from
 * one that WeChat may have acted on, and lose the HTTP status of an unreadable answer.
 */
final class Exchange {

    static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

    private static final long MAX_ANSWER_BYTES = 1 << 20;

    /** WeChat closes idle connections after 8 seconds. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(7);

    /** As the SDK spells them: its look-up is case-sensitive, a proxy's spelling is not. */
    private static final Map<String, String> SDK_SPELLING =
            Map.of(
                    "wechatpay-timestamp", "Wechatpay-Timestamp",
                    "wechatpay-nonce", "Wechatpay-Nonce",
                    "wechatpay-serial", "Wechatpay-Serial",
                    "wechatpay-signature", "Wechatpay-Signature",
                    "request-id", "Request-ID");

    private boolean sent;
    private int status;
    private @Nullable String requestId;

    /** Whether a connection stood, so that WeChat may have received the request. */
    boolean sent() {
        return sent;
    }

    /** The HTTP status of the answer; 0 when none arrived. */
    int status() {
        return status;
    }

    /** WeChat's name for this call; its support asks for it. */
    @Nullable String requestId() {
        return requestId;
    }

    static OkHttpClient httpClient(Duration connectTimeout, Duration readTimeout, int connections) {
        return new OkHttpClient.Builder()
                // Over HTTP/2 header names are lower case, which the SDK cannot read.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connectTimeout)
                .readTimeout(readTimeout)
                .writeTimeout(readTimeout)
                .callTimeout(connectTimeout.plus(readTimeout))
                .connectionPool(
                        new ConnectionPool(
                                connections, KEEP_ALIVE.toMillis(), TimeUnit.MILLISECONDS))
                .followRedirects(false)
                .addInterceptor(Exchange::readable)
                .addNetworkInterceptor(Exchange::recorded)
                .build();
    }

    private static Response recorded(Interceptor.Chain chain) throws IOException {
        if (!CURRENT.isBound()) {
            return chain.proceed(chain.request());
        }
        var exchange = CURRENT.get();
        exchange.sent = true;
        var response = chain.proceed(chain.request());
        exchange.status = response.code();
        exchange.requestId = response.header("Request-ID");
        return response;
    }

    private static Response readable(Interceptor.Chain chain) throws IOException {
        var response = chain.proceed(chain.request());
        if (response.body().source().request(MAX_ANSWER_BYTES + 1)) {
            response.close();
            throw new IOException("WeChat's answer is larger than " + MAX_ANSWER_BYTES + " bytes");
        }
        var headers = new Headers.Builder();
        for (var header : response.headers()) {
            var name = header.getFirst();
            headers.add(
                    SDK_SPELLING.getOrDefault(name.toLowerCase(Locale.ROOT), name),
                    header.getSecond());
        }
        return response.newBuilder().headers(headers.build()).build();
    }
}

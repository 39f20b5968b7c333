package io.ferrypay.notify.wechatmessage;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The official account's servers. All they say is HTTP 200, errors too, and JSON whatever the
 * content type claims; {@code errmsg} is for people and never matched. Addresses hold secrets, so
 * none is ever logged.
 */
@Component
class WechatApi {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_BYTES = 64 * 1024;

    private final OkHttpClient http;
    private final JsonMapper json = JsonMapper.builder().build();

    WechatApi(WechatMessageSettings settings) {
        this.http =
                new OkHttpClient.Builder()
                        .followRedirects(false)
                        .followSslRedirects(false)
                        .callTimeout(settings.callTimeout())
                        .connectTimeout(settings.callTimeout())
                        .readTimeout(settings.callTimeout())
                        .connectionPool(new ConnectionPool(settings.atOnce(), 1, TimeUnit.MINUTES))
                        .build();
    }

    /** No answer, or one that can't be read: what was asked for may have happened. */
    static final class NoAnswer extends IOException {

        private static final long serialVersionUID = 1L;

        NoAnswer(String why) {
            super(why);
        }
    }

    JsonNode get(OfficialAccount account, String path, Map<String, String> query) throws NoAnswer {
        return answer(new Request.Builder().url(url(account, path, query)).build());
    }

    JsonNode post(OfficialAccount account, String path, Map<String, String> query, Object body)
            throws NoAnswer {
        return answer(
                new Request.Builder()
                        .url(url(account, path, query))
                        .post(RequestBody.create(json.writeValueAsBytes(body), JSON))
                        .build());
    }

    private static HttpUrl url(OfficialAccount account, String path, Map<String, String> query) {
        var url =
                HttpUrl.get(account.settings().apiUrl().toString())
                        .newBuilder()
                        .addPathSegments(path);
        query.forEach(url::addQueryParameter);
        return url.build();
    }

    private JsonNode answer(Request request) throws NoAnswer {
        try (var response = http.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new NoAnswer("http_" + response.code());
            }
            try (var body = response.body().byteStream()) {
                return json.readTree(body.readNBytes(MOST_BYTES));
            }
        } catch (NoAnswer e) {
            throw e;
        } catch (JacksonException e) {
            throw new NoAnswer("unreadable");
        } catch (IOException e) {
            throw new NoAnswer(
                    e instanceof java.io.InterruptedIOException ? "timeout" : "connection_broken");
        }
    }
}

package io.ferrypay.local.demo;

import io.ferrypay.local.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as the shop's server and the shopper's browser speak it. */
final class Web {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final int MOST_REDIRECTS = 8;

    private final JsonMapper json = JsonMapper.builder().build();
    private final OkHttpClient http =
            new OkHttpClient.Builder()
                    .callTimeout(40, TimeUnit.SECONDS)
                    .readTimeout(35, TimeUnit.SECONDS)
                    .followRedirects(false)
                    .build();

    /** Who calls: a shop by its key, or a browser by its name. */
    sealed interface Caller {

        record Shop(String key) implements Caller {}

        record Browser(String userAgent) implements Caller {}

        /** Whoever has this token of the platform's own. */
        record Insider(String token) implements Caller {}

        /** The sandbox's remote control. */
        record Nobody() implements Caller {}
    }

    /** Calls with a body of JSON, or none, and reads the answer. */
    JsonNode call(Caller caller, String method, String url, @Nullable Object body) {
        var request = request(caller, url);
        if (caller instanceof Caller.Shop && method.equals("POST")) {
            request.header("Idempotency-Key", UUID.randomUUID().toString());
        }
        request.method(
                method,
                body == null ? null : RequestBody.create(json.writeValueAsBytes(body), JSON));
        try (var response = http.newCall(request.build()).execute()) {
            var text = response.body().string();
            if (!response.isSuccessful()) {
                throw new Refusal(
                        method
                                + " "
                                + told(response.request().url())
                                + " answered "
                                + response.code()
                                + said(text));
            }
            return text.isBlank() ? json.createObjectNode() : json.readTree(text);
        } catch (IOException e) {
            throw new Refusal(method + " " + told(HttpUrl.get(url)) + " failed: " + why(e));
        }
    }

    /** Opens a page and follows where it leads; answers the address at which it ends. */
    String open(Caller caller, String url) {
        return follow(caller, request(caller, url).header("Accept", "text/html").build());
    }

    /** Posts a form, as pages do by themselves, and follows where it leads. */
    String post(Caller caller, String url, Map<String, String> fields) {
        var form = new FormBody.Builder();
        fields.forEach(form::add);
        return follow(
                caller,
                request(caller, url).header("Accept", "text/html").post(form.build()).build());
    }

    private String follow(Caller caller, Request first) {
        var request = first;
        for (var i = 0; i < MOST_REDIRECTS; i++) {
            try (var response = http.newCall(request).execute()) {
                if (!response.isRedirect()) {
                    return ended(response);
                }
                var location = response.header("Location");
                var next = location == null ? null : request.url().resolve(location);
                if (next == null) {
                    throw new Refusal("The page " + told(request.url()) + " leads nowhere.");
                }
                request = request(caller, next.toString()).header("Accept", "text/html").build();
            } catch (IOException e) {
                throw new Refusal(
                        "The page " + told(request.url()) + " can't be reached: " + why(e));
            }
        }
        throw new Refusal("The page " + told(first.url()) + " leads in circles.");
    }

    private static String ended(Response response) throws IOException {
        var url = response.request().url();
        if (!response.isSuccessful() || !response.body().string().contains("<html")) {
            throw new Refusal("The page " + told(url) + " answered " + response.code() + ".");
        }
        return url.toString();
    }

    private static Request.Builder request(Caller caller, String url) {
        var request = new Request.Builder().url(url);
        switch (caller) {
            case Caller.Shop(var key) -> request.header("Authorization", "Bearer " + key);
            case Caller.Insider(var token) -> request.header("Authorization", "Bearer " + token);
            case Caller.Browser(var userAgent) -> request.header("User-Agent", userAgent);
            case Caller.Nobody _ -> {}
        }
        return request;
    }

    /** A problem's stable code and its detail, or whatever stands there. */
    private String said(String text) {
        try {
            var problem = json.readTree(text);
            var code = problem.path("code").asString("");
            var detail = problem.path("detail").asString("");
            if (!code.isEmpty() || !detail.isEmpty()) {
                return (code.isEmpty() ? "" : " " + code) + (detail.isEmpty() ? "" : ": " + detail);
            }
        } catch (JacksonException _) {
            // Told as it is.
        }
        return text.isBlank() ? "" : ": " + text.substring(0, Math.min(200, text.length()));
    }

    /** The link to a payment is a secret of its own. */
    private static String told(HttpUrl url) {
        return url.encodedPath().replaceAll("/(checkout|pay)/[^/]+", "/$1/...");
    }

    private static String why(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}

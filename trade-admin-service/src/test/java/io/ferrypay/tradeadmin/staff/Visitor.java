package io.ferrypay.tradeadmin.staff;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser as the gateway passes it on: it keeps its cookies and repeats the CSRF token. */
final class Visitor {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final int port;
    private final String address;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private int codesUsed;

    Visitor(int port) {
        this(port, "192.0.2." + (1 + port % 200));
    }

    /** From that network address. */
    Visitor(int port, String address) {
        this.port = port;
        this.address = address;
        get("session");
    }

    record Answer(int status, JsonNode body) {

        String code() {
            return body.path("code").asString();
        }
    }

    Answer get(String path) {
        return send("GET", path, null, true);
    }

    Answer post(String path, String body) {
        return send("POST", path, body, true);
    }

    Answer delete(String path) {
        return send("DELETE", path, null, true);
    }

    Answer postWithoutCsrf(String path, String body) {
        return send("POST", path, body, false);
    }

    String session() {
        return cookies.getOrDefault("ferry_console", "");
    }

    /** Each call a later step of time than the one before, as a patient person would wait for. */
    String code(String secret) {
        try {
            var step = Duration.ofSeconds(30).multipliedBy(codesUsed++ == 0 ? -1 : codesUsed - 2);
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(new Base32().decode(secret), "HmacSHA1"),
                            Instant.now().plus(step));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer send(String method, String path, @Nullable String body, boolean csrf) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + port
                                                + "/console/api/account/"
                                                + path))
                        .header("Content-Type", "application/json")
                        .header("X-Forwarded-For", address)
                        .header(
                                "Cookie",
                                cookies.entrySet().stream()
                                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                                        .collect(Collectors.joining("; ")))
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (csrf && cookies.containsKey("XSRF-TOKEN")) {
            request.header("X-XSRF-TOKEN", cookies.get("XSRF-TOKEN"));
        }
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            for (var cookie : answer.headers().allValues("Set-Cookie")) {
                var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
                cookies.put(pair[0], pair[1]);
            }
            return new Answer(
                    answer.statusCode(),
                    answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package io.ferrypay.merchant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps cookies and repeats the CSRF token, as a page's script does. */
final class Browser {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final String address;
    final Map<String, String> cookies = new TreeMap<>();
    final Map<String, String> headers = new TreeMap<>();
    boolean repeatsCsrfToken = true;

    Browser(int port, String address) {
        this.port = port;
        this.address = address;
    }

    record Answer(int status, JsonNode body, HttpResponse<byte[]> raw) {

        String code() {
            return body.path("code").asString("");
        }

        String text(String... path) {
            var node = body;
            for (var name : path) {
                node = node.path(name);
            }
            return node.asString("");
        }

        List<String> cookies() {
            return raw.headers().allValues("Set-Cookie");
        }

        @Override
        public String toString() {
            return status + " " + body;
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer post(String path, @Nullable Object body) {
        if (!cookies.containsKey("XSRF-TOKEN") && repeatsCsrfToken) {
            get("/portal/api/session"); // As every page does first.
        }
        return send("POST", path, body);
    }

    Answer send(String method, String path, @Nullable Object body) {
        return send(
                method,
                path,
                body == null ? null : "application/json",
                body == null
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    /** A body that is a file, as a page sends one that somebody chose. */
    Answer upload(String path, String type, byte[] file) {
        if (!cookies.containsKey("XSRF-TOKEN") && repeatsCsrfToken) {
            get("/portal/api/session");
        }
        return send("POST", path, type, BodyPublishers.ofByteArray(file));
    }

    /** The bytes of a request, for one who reads the answer in a way of his own. */
    byte[] rawGet(String path) {
        var lines = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        lines.append("X-Forwarded-For: ").append(address).append("\r\n");
        lines.append("User-Agent: Test browser\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
        lines.append("Cookie: ").append(cookieHeader()).append("\r\n\r\n");
        return lines.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String cookieHeader() {
        return String.join(
                "; ",
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .toList());
    }

    Answer send(String method, String path, @Nullable String type, HttpRequest.BodyPublisher body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("X-Forwarded-For", address)
                        .header("User-Agent", "Test browser");
        headers.forEach(request::header);
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookieHeader());
        }
        if (repeatsCsrfToken && cookies.containsKey("XSRF-TOKEN")) {
            request.header("X-XSRF-TOKEN", cookies.get("XSRF-TOKEN"));
        }
        if (type != null) {
            request.header("Content-Type", type);
        }
        try {
            var answer =
                    HTTP.send(
                            request.method(method, body).build(),
                            HttpResponse.BodyHandlers.ofByteArray());
            keep(answer.headers().allValues("Set-Cookie"));
            return new Answer(answer.statusCode(), json(answer), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        var type = answer.headers().firstValue("Content-Type").orElse("");
        return type.contains("json") ? JSON.readTree(answer.body()) : JSON.createObjectNode();
    }

    private void keep(List<String> set) {
        for (var cookie : set) {
            var pair = cookie.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty() || cookie.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
    }
}

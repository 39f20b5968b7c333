package io.ferrypay.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform under test, as a shop, a shopper, a person at the sandbox and an operator of the
 * machine see it.
 */
public final class RunningPlatform {

    private static final int MERCHANT = 2;
    private static final int PAYMENT_CHANNEL = 3;
    private static final MediaType JSON = MediaType.get("application/json");

    private final JsonMapper json = JsonMapper.builder().build();
    private final OkHttpClient http =
            new OkHttpClient.Builder()
                    .connectionPool(new ConnectionPool(64, 30, TimeUnit.SECONDS))
                    .callTimeout(40, TimeUnit.SECONDS)
                    .readTimeout(35, TimeUnit.SECONDS)
                    .followRedirects(false)
                    .build();
    public final String url = required("FERRY_BASE_URL");
    private final String sandbox = required("FERRY_SANDBOX_URL");
    private final String key = required("FERRY_TEST_KEY");
    private final Path home = Path.of(required("FERRY_HOME"));
    private final int portBase = Integer.parseInt(required("FERRY_PORT_BASE"));

    public record Answer(int status, String contentType, JsonNode body, okhttp3.Headers headers) {

        public String code() {
            return body.path("code").asString("");
        }
    }

    public Answer shop(String method, String path, Object body) {
        return send(
                method,
                url + path,
                body,
                Map.of(
                        "Authorization",
                        "Bearer " + key,
                        "Idempotency-Key",
                        UUID.randomUUID().toString()));
    }

    public Answer shop(String method, String path, Object body, Map<String, String> headers) {
        var all = new java.util.HashMap<>(Map.of("Authorization", "Bearer " + key));
        all.putAll(headers);
        return send(method, url + path, body, all);
    }

    public Answer anyone(String method, String path, Object body, Map<String, String> headers) {
        return send(method, url + path, body, headers);
    }

    public Answer shopper(String method, String path, Object body) {
        return send(method, url + path, body, Map.of());
    }

    public Answer sandbox(String method, String path, Object body) {
        return send(method, sandbox + path, body, Map.of());
    }

    /** What a browser is told when it goes there, or posts the form there; it follows nothing. */
    public int browse(String address, Map<String, String> form) {
        var request = new Request.Builder().url(address);
        if (!form.isEmpty()) {
            var body = new okhttp3.FormBody.Builder();
            form.forEach(body::add);
            request.post(body.build());
        }
        try (var response = http.newCall(request.build()).execute()) {
            return response.code();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a service of the platform is given on an internal path of payment-channel-service, with
     * the key of one that is allowed to ask.
     */
    public Fetched fetchInternally(String path) {
        var request =
                new Request.Builder()
                        .url("http://127.0.0.1:" + (portBase + PAYMENT_CHANNEL) + path)
                        .header(
                                "Authorization",
                                "Bearer "
                                        + ServiceToken.of(
                                                home.resolve("identity/job-service.jwk"),
                                                "payment-channel-service"))
                        .build();
        try (var response = http.newCall(request).execute()) {
            return new Fetched(response.code(), response.body().byteString(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public record Fetched(int status, okio.ByteString body, okhttp3.Headers headers) {}

    /** The folder in which the platform keeps everything. */
    public Path home() {
        return home;
    }

    /** Where other services reach merchant-service. */
    public String merchantServiceUrl() {
        return "http://127.0.0.1:" + (portBase + MERCHANT);
    }

    /** Where the credentials of channel accounts are, a folder each. */
    public Path channelFolders() {
        return home.resolve("channels");
    }

    private Answer send(String method, String address, Object body, Map<String, String> headers) {
        var builder = new Request.Builder().url(address);
        headers.forEach(builder::header);
        builder.method(
                method,
                body == null
                        ? (method.equals("POST") ? RequestBody.create(new byte[0]) : null)
                        : RequestBody.create(bytes(body), JSON));
        try (var response = http.newCall(builder.build()).execute()) {
            var bytes = response.body().bytes();
            var type = response.header("Content-Type", "");
            var isJson = type != null && type.contains("json");
            return new Answer(
                    response.code(),
                    type == null ? "" : type,
                    isJson && bytes.length > 0 ? json.readTree(bytes) : json.createObjectNode(),
                    response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] bytes(Object body) {
        return body instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : json.writeValueAsBytes(body);
    }

    public static Map<String, Object> order(String reference, String notifyUrl) {
        var order = new java.util.LinkedHashMap<String, Object>();
        order.put("merchant_reference", reference);
        order.put("amount", "120.00");
        order.put("currency", "NZD");
        order.put("product_name", "Pinot Noir, Otago");
        order.put("return_url", "https://shop.example/checkout/done");
        if (notifyUrl != null) {
            order.put("notify_url", notifyUrl);
        }
        return order;
    }

    public static String newReference() {
        return "A-" + UUID.randomUUID();
    }

    /** A payment whose page shows a WeChat QR code. */
    public Shown showQr(String notifyUrl, int expiresInSeconds) {
        var order = order(newReference(), notifyUrl);
        order.put("expires_in", expiresInSeconds);
        var created = shop("POST", "/v2/payments", order);
        if (created.status() != 201) {
            throw new IllegalStateException(
                    "create answered " + created.status() + " " + created.body());
        }
        var nonce = created.body().path("nonce").asString();
        var view = shopper("POST", "/checkout/" + nonce + "/attempts", Map.of("method", "wechat"));
        if (view.status() > 201) {
            throw new IllegalStateException(
                    "attempt answered " + view.status() + " " + view.body());
        }
        return new Shown(
                created.body().path("id").asString(),
                nonce,
                view.body().path("attempt").path("qr").path("content").asString());
    }

    public record Shown(String paymentId, String nonce, String codeUrl) {}

    public String orderNumberOf(String paymentId) {
        return queryOne(
                "payment_channel",
                "select order_number from attempt where payment_id = ? order by created_at desc limit 1",
                paymentId);
    }

    /** What the sandbox sent about an order, and what it was told. */
    public List<JsonNode> noticesAbout(String orderNumber) {
        return sandbox("GET", "/control/wechat/notifications?out_trade_no=" + orderNumber, null)
                .body()
                .path("notifications")
                .valueStream()
                .toList();
    }

    public JsonNode payment(String id) {
        return shop("GET", "/v2/payments/" + id, null).body();
    }

    public String status(String id) {
        return payment(id).path("status").asString();
    }

    /** Reads as the service's own role. */
    public String queryOne(String schema, String sql, Object... parameters) {
        try (var connection = connect(schema);
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes what no API changes, such as how long ago something was. */
    public void update(String schema, String sql, Object... parameters) {
        try (var connection = connect(schema);
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public long count(String schema, String sql, Object... parameters) {
        return Long.parseLong(queryOne(schema, sql, parameters));
    }

    public Connection connect(String schema) throws SQLException {
        var password =
                json.readTree(home.resolve("secrets.json").toFile())
                        .path("databasePasswords")
                        .path(schema)
                        .asString();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (portBase + 7) + "/ferrypay", schema, password);
    }

    /** The operator's axe: no warning, no goodbye. The supervisor starts the service again. */
    public void kill(String module) {
        var pid = pidOf(module);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    public long pidOf(String module) {
        for (var part : state().path("parts")) {
            if (part.path("module").asString().equals(module)) {
                return part.path("process").path("pid").asLong();
            }
        }
        throw new IllegalStateException("no process of " + module);
    }

    public boolean allReady() {
        for (var part : state().path("parts")) {
            var pid = part.path("process").path("pid").asLong();
            if (!part.path("state").asString().equals("ready")
                    || ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private JsonNode state() {
        try {
            return json.readTree(Files.readAllBytes(home.resolve("state.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String required(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    name + " is not set; these tests are run by ./ferry test --only platform.");
        }
        return value;
    }
}

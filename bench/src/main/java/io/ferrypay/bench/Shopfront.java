package io.ferrypay.bench;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a shop and a shopper send, over kept-alive connections. */
final class Shopfront {

    private static final MediaType JSON = MediaType.get("application/json");

    private final JsonMapper json = JsonMapper.builder().build();
    private final OkHttpClient http;

    Shopfront(int clients) {
        var dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(clients);
        dispatcher.setMaxRequestsPerHost(clients);
        http =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .connectionPool(new ConnectionPool(clients * 2, 1, TimeUnit.MINUTES))
                        .callTimeout(30, TimeUnit.SECONDS)
                        .followRedirects(false)
                        .build();
    }

    /**
     * The body of a create, with a reference of its own. The amount is small, so that however many
     * there are, a pretended bank still lets others pay on the same day.
     */
    byte[] order(@Nullable String notifyUrl) {
        var fields =
                "{\"merchant_reference\":\"B-"
                        + UUID.randomUUID()
                        + "\",\"amount\":\"1.00\",\"currency\":\"NZD\",\"product_name\":\"Pinot Noir, Otago\","
                        + "\"return_url\":\"https://shop.example/checkout/done\",\"metadata\":{\"cart_id\":\"c_991\"}"
                        + (notifyUrl == null ? "" : ",\"notify_url\":\"" + notifyUrl + "\"")
                        + "}";
        return fields.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Creates without reading more of the answer than its status, as a load needs. */
    void create(String url, String bearer) throws IOException {
        try (var response = http.newCall(createRequest(url, bearer, null)).execute()) {
            if (response.code() != 201) {
                throw new IOException(
                        "create answered " + response.code() + ": " + response.body().string());
            }
            response.body().bytes();
        }
    }

    JsonNode createAndRead(String url, String bearer, @Nullable String notifyUrl)
            throws IOException {
        try (var response = http.newCall(createRequest(url, bearer, notifyUrl)).execute()) {
            return read("create", response, 201);
        }
    }

    private Request createRequest(String url, String bearer, @Nullable String notifyUrl) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer " + bearer)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post(RequestBody.create(order(notifyUrl), JSON))
                .build();
    }

    JsonNode get(String url, String bearer) throws IOException {
        var request =
                new Request.Builder().url(url).header("Authorization", "Bearer " + bearer).build();
        try (var response = http.newCall(request).execute()) {
            return read("GET " + request.url().encodedPath(), response, 200);
        }
    }

    JsonNode post(String url, Map<String, ?> body) throws IOException {
        var request =
                new Request.Builder()
                        .url(url)
                        .post(RequestBody.create(json.writeValueAsBytes(body), JSON))
                        .build();
        try (var response = http.newCall(request).execute()) {
            return read(
                    "POST "
                            + request.url()
                                    .encodedPath()
                                    .replaceAll("/checkout/[^/]+", "/checkout/..."),
                    response,
                    200);
        }
    }

    /** Goes where a bank's page sends its payer back to; where that leads is not seen. */
    void comeBack(String url, JsonNode fields) throws IOException {
        var request = new Request.Builder().url(url);
        if (!fields.isEmpty()) {
            var form = new FormBody.Builder();
            fields.forEachEntry((name, value) -> form.add(name, value.asString()));
            request.post(form.build());
        }
        try (var response = http.newCall(request.build()).execute()) {
            if (!response.isRedirect()) {
                throw new IOException("coming back answered " + response.code());
            }
        }
    }

    private JsonNode read(String what, okhttp3.Response response, int lowestExpected)
            throws IOException {
        var bytes = response.body().bytes();
        if (response.code() < lowestExpected || response.code() > 299) {
            throw new IOException(
                    what
                            + " answered "
                            + response.code()
                            + ": "
                            + new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        }
        return bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes);
    }
}

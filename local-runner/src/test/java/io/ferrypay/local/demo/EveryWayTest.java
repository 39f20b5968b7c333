package io.ferrypay.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ferrypay.local.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Against a platform that only says what it was told to: how failures are told. */
class EveryWayTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NONCE = "n".repeat(43);

    /** What is answered in place of a code that is paid at once and given back at once. */
    private final Map<String, String> problems = new ConcurrentHashMap<>();

    private volatile String paymentStatus = "paid";
    private volatile String refundStatus = "succeeded";
    private HttpServer platform;
    private String url;

    @BeforeEach
    void start() throws IOException {
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        platform.createContext("/", this::answer);
        platform.start();
        url = "http://127.0.0.1:" + platform.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        platform.stop(0);
    }

    @Test
    void every_method_flow_and_bank_has_a_line() throws Exception {
        var tried = tryAll();

        assertThat(tried.lines())
                .extracting(
                        line -> line.bank() == null ? line.method() + " " + line.flow() : "bank")
                .containsSubsequence(
                        "wechat qr",
                        "wechat in_wallet",
                        "wechat mobile",
                        "alipay desktop",
                        "alipay mobile",
                        "alipay qr",
                        "alipay in_wallet",
                        "jdpay desktop",
                        "jdpay mobile",
                        "jdpay qr",
                        "bank");
        assertThat(tried.lines()).hasSize(29);
        assertThat(
                        tried.lines().stream()
                                .filter(line -> line.bank() != null)
                                .map(Tried.Line::bank)
                                .collect(Collectors.toSet()))
                .hasSize(19);
        assertThat(tried.lines()).filteredOn(line -> !line.ok()).isEmpty();
        assertThat(tried.ok()).isTrue();
    }

    @Test
    void what_fails_says_why_and_the_others_go_on() throws Exception {
        problems.put("alipay", "channel_refused");
        problems.put("CITIC", "channel_down");

        var tried = tryAll();

        assertThat(tried.ok()).isFalse();
        assertThat(tried.lines())
                .filteredOn(line -> !line.ok())
                .hasSize(5)
                .allSatisfy(line -> assertThat(line.paymentId()).startsWith("pay_"))
                .extracting(Tried.Line::problem)
                .contains(
                        "POST /checkout/.../attempts answered 502 channel_refused",
                        "POST /checkout/.../attempts answered 502 channel_down");
        var json = JSON.valueToTree(tried.asJson());
        assertThat(json.path("ok").asBoolean()).isFalse();
        assertThat(json.path("totals").path("failed").asInt()).isEqualTo(5);
        assertThat(json.path("totals").path("paid_and_refunded").asInt()).isEqualTo(24);
        assertThat(json.path("lines").get(0).path("milliseconds").path("paid").isNumber()).isTrue();
        assertThat(json.path("lines").get(0).path("payer_currency").asString()).isEqualTo("CNY");
        assertThat(printed(tried))
                .contains("Payease CITIC: POST /checkout/.../attempts answered 502 channel_down")
                .contains("24 of 29 ways paid and refunded")
                .doesNotContain(NONCE);
    }

    @Test
    void what_is_not_paid_says_how_far_it_came() throws Exception {
        paymentStatus = "processing";

        assertThat(tryAll().lines())
                .allSatisfy(line -> {
                    assertThat(line.problem()).isEqualTo("still processing after 0 s");
                    assertThat(line.status()).isEqualTo("processing");
                    assertThat(line.paidMillis()).isNull();
                });
    }

    @Test
    void a_refund_that_fails_or_does_not_end_is_no_success() throws Exception {
        refundStatus = "pending";
        assertThat(tryAll().lines())
                .allSatisfy(line -> {
                    assertThat(line.problem())
                            .isEqualTo("refund of the part still pending after 0 s");
                    assertThat(line.status()).isEqualTo("paid");
                });

        refundStatus = "failed";
        assertThat(tryAll().lines())
                .allSatisfy(line ->
                        assertThat(line.problem())
                                .isEqualTo(
                                        "refund of the part failed: channel_refused TRADE_OVERDUE"));
    }

    private Tried tryAll() throws InterruptedException {
        return new EveryWay(
                        url,
                        url,
                        "sk_test_key",
                        new Progress(new PrintStream(new ByteArrayOutputStream())),
                        Duration.ZERO,
                        Duration.ZERO)
                .run();
    }

    private static String printed(Tried tried) {
        var bytes = new ByteArrayOutputStream();
        tried.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var wanted = body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode();
            if (path.endsWith("/attempts")) {
                var code =
                        problems.get(
                                wanted.path("bank_code")
                                        .asString(wanted.path("method").asString()));
                if (code != null) {
                    send(exchange, 502, "{\"code\":\"" + code + "\"}");
                    return;
                }
            }
            send(exchange, 200, said(path, exchange.getRequestMethod()));
        }
    }

    private String said(String path, String method) {
        if (path.startsWith("/pay/")) {
            return "<!doctype html><html></html>";
        }
        if (path.endsWith("/banks")) {
            return Way.all().stream()
                    .map(Way::bank)
                    .filter(bank -> bank != null)
                    .map("{\"code\":\"%s\",\"available\":true}"::formatted)
                    .collect(Collectors.joining(",", "{\"data\":[", "]}"));
        }
        if (path.endsWith("/attempts")) {
            return "{\"attempt\":{\"status\":\"ready\",\"qr\":{\"content\":\"code\"}}}";
        }
        if (path.startsWith("/checkout/")) {
            return Way.all().stream()
                    .map(Way::method)
                    .distinct()
                    .map(
                            """
                            {"type":"%s","available":true,
                             "flows":["qr","in_wallet","mobile","desktop","bank"]}
                            """
                                    ::formatted)
                    .collect(Collectors.joining(",", "{\"methods\":[", "]}"));
        }
        if (path.endsWith("/refunds")) {
            return "{\"id\":\"re_1\"}";
        }
        if (path.startsWith("/v2/refunds/")) {
            return """
            {"status":"%s","failure":{"code":"channel_refused","decline_code":"TRADE_OVERDUE"}}
            """
                    .formatted(refundStatus);
        }
        return method.equals("POST")
                ? """
                {"id":"pay_1","status":"created","nonce":"%s","redirect_url":"%s/pay/%s"}
                """
                        .formatted(NONCE, url, NONCE)
                : """
                {"status":"%s","payer_amount":"139.35","payer_currency":"CNY","refund_state":"full","refunded_amount":"30.00"}
                """
                        .formatted(paymentStatus);
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}

package io.ferrypay.paymentchannel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.channel.ApplyChannelReport;
import io.ferrypay.paymentchannel.channel.ChannelOrder;
import io.ferrypay.paymentchannel.channel.ChannelOutcome;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service on a real PostgreSQL, with a channel that does as it is told. Every test has a
 * merchant of its own, so tests do not see each other's payments.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(FakeChannel.class)
public abstract class RunningServiceTest {

    protected static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final List<String> ALL_SCOPES =
            List.of(
                    "payments:read",
                    "payments:write",
                    "refunds:read",
                    "refunds:write",
                    "exports:read",
                    "exports:write");

    @LocalServerPort private int port;
    @Autowired protected JdbcClient jdbc;
    @Autowired protected FakeChannel channel;
    @Autowired protected ApplyChannelReport reports;

    protected String merchant = "";

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "payment_channel");
        registry.add("eureka.client.enabled", () -> "false");
        registry.add("ferry.merchant-feed.enabled", () -> "false");
        registry.add("ferry.pricing-feed.enabled", () -> "false");
        registry.add("ferry.maintenance-feed.enabled", () -> "false");
        registry.add("ferry.difference-feed.enabled", () -> "false");
        registry.add("ferry.risk-feed.enabled", () -> "false");
        registry.add("ferry.refund-feed.enabled", () -> "false");
        registry.add(
                "ferry.identity.private-key",
                () -> TestTokens.file("payment-channel-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> TestTokens.file("trusted.jwks").toString());
        registry.add("ferry.fx.charge-sources", () -> "operator,configured");
        registry.add("ferry.demo.past-activity", () -> "true");
        // Tests of exports take the steps themselves.
        registry.add("ferry.exports.interval", () -> "PT1H");
        registry.add("ferry.secrets.key", () -> Base64.getEncoder().encodeToString(new byte[32]));
    }

    @BeforeEach
    void a_merchant_of_our_own() {
        merchant = newMerchant("accept");
    }

    @AfterEach
    void the_channel_recovers() {
        channel.isItselfAgain();
    }

    /** In New Zealand dollars, by WeChat in test mode. */
    protected String newMerchant(String latePaymentPolicy) {
        var id = "mer_" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);
        jdbc.sql(
                        """
                        insert into merchant_copy (merchant_id, version, display_name, status, currency,
                            allowed_methods, late_payment_policy, test_registrations)
                        values (?, 1, 'Harbour Honey Co', 'active', 'NZD', 'wechat', ?,
                            '{"wechat":{"subMerchantId":"1900000109","categoryCode":"5499"}}')
                        """)
                .param(id)
                .param(latePaymentPolicy)
                .update();
        return id;
    }

    protected static String body(String reference) {
        return """
        {"merchant_reference":"%s","amount":"120.00","currency":"NZD","product_name":"Pinot Noir",\
        "return_url":"https://shop.example/done","notify_url":"https://shop.example/hook"}\
        """
                .formatted(reference);
    }

    protected static String anyReference() {
        return "ORDER-" + UUID.randomUUID();
    }

    protected static String anyKey() {
        return UUID.randomUUID().toString();
    }

    /** A payment as its creation was answered, link and all. */
    protected JsonNode created() {
        var answer = create(anyKey(), body(anyReference()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    protected HttpResponse<String> create(String key, String body) {
        return send(request("/v2/payments", token()).header("Idempotency-Key", key), "POST", body);
    }

    protected String token() {
        return TestTokens.merchant(merchant, "test", ALL_SCOPES);
    }

    protected HttpResponse<String> get(String path) {
        return send(request(path, token()), "GET", "");
    }

    protected HttpResponse<String> post(String path, String body) {
        return send(request(path, token()), "POST", body);
    }

    /** As the shopper's page does, who has no token. */
    protected HttpResponse<String> page(String method, String path, String body) {
        return send(request(path, null), method, body);
    }

    protected HttpResponse<String> job(String name, String body) {
        return send(
                request("/internal/jobs/" + name, TestTokens.service("job-service")), "POST", body);
    }

    protected HttpRequest.Builder request(String path, String token) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json");
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    protected static HttpResponse<String> send(
            HttpRequest.Builder request, String method, String body) {
        try {
            return HTTP.send(
                    request.method(method, BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Shows the payment's code, and gives the order the channel got for it. */
    protected ChannelOrder offered(JsonNode payment) {
        var answer =
                page(
                        "POST",
                        "/checkout/" + payment.path("nonce").asString() + "/attempts",
                        "{\"method\":\"wechat\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return channel.lastOrder();
    }

    protected ApplyChannelReport.Result notified(ChannelOrder order, ChannelOutcome outcome) {
        return reports.apply(FakeChannel.notification(order, outcome));
    }

    protected String statusOf(JsonNode payment) {
        return JSON.readTree(get("/v2/payments/" + payment.path("id").asString()).body())
                .path("status")
                .asString();
    }

    protected List<String> eventsOf(JsonNode payment) {
        return jdbc.sql("select type from outbox where subject = ? order by txid, position")
                .param(payment.path("id").asString())
                .query(String.class)
                .list();
    }

    protected void makeOverdue(JsonNode payment) {
        jdbc.sql(
                        """
                        update payment set expires_at = now() - interval '1 minute',
                            next_sweep_at = now() - interval '1 minute' where id = ?
                        """)
                .param(payment.path("id").asString())
                .update();
    }

    protected static String codeOf(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).path("code").asString();
    }
}

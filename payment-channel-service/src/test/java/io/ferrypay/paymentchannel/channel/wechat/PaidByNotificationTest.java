package io.ferrypay.paymentchannel.channel.wechat;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The whole service with a pretend WeChat on the other end of the wire. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PaidByNotificationTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final PretendWechat WECHAT = pretendWechat();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort private int port;
    @Autowired private JdbcClient jdbc;
    @Autowired private DataSource database;
    private String payment = "";
    private String orderNumber = "";

    private static PretendWechat pretendWechat() {
        try {
            return new PretendWechat(Files.createTempDirectory("wechat-keys"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

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
        registry.add("ferry.secrets.key", () -> Base64.getEncoder().encodeToString(new byte[32]));
        var account = WECHAT.account(null, true);
        var name = "ferry.channels.wechat.accounts[0].";
        registry.add(name + "id", account::id);
        registry.add(name + "mode", () -> "test");
        registry.add(name + "sp-mchid", account::spMchid);
        registry.add(name + "sp-appid", account::spAppid);
        registry.add(name + "merchant-serial", account::merchantSerial);
        registry.add(name + "private-key-file", account::privateKeyFile);
        registry.add(name + "api-v3-key-file", account::apiV3KeyFile);
        registry.add(name + "base-url", account::baseUrl);
        registry.add(name + "notify-base-url", account::notifyBaseUrl);
    }

    @AfterAll
    static void close() {
        WECHAT.close();
    }

    @BeforeEach
    void a_payment_whose_code_is_shown() throws Exception {
        var merchant = "mer_" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);
        jdbc.sql(
                        """
                        insert into merchant_copy (merchant_id, version, display_name, status, currency,
                            allowed_methods, late_payment_policy, test_registrations)
                        values (?, 1, 'Harbour Honey Co', 'active', 'NZD', 'wechat', 'accept',
                            '{"wechat":{"subMerchantId":"1900000109","categoryCode":"5499"}}')
                        """)
                .param(merchant)
                .update();
        WECHAT.asked.clear();
        WECHAT.answers.add(PretendWechat.signed(200, SampleOrders.CODE));
        var created =
                send(
                        "/v2/payments",
                        """
                        {"merchant_reference":"%s","amount":"120.00","currency":"NZD","product_name":"Honey 🍯",
                         "return_url":"https://shop.example/done"}\
                        """
                                .formatted(UUID.randomUUID()),
                        "Authorization",
                        "Bearer "
                                + TestTokens.merchant(
                                        merchant,
                                        "test",
                                        List.of("payments:read", "payments:write")),
                        "Idempotency-Key",
                        UUID.randomUUID().toString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        payment = JSON.readTree(created.body()).path("id").asString();
        var nonce = JSON.readTree(created.body()).path("nonce").asString();

        var shown = send("/checkout/" + nonce + "/attempts", "{\"method\":\"wechat\"}");

        assertThat(shown.body()).contains("weixin://wxpay/s/An4baqw");
        orderNumber =
                JSON.readTree(WECHAT.asked.take().getBody().utf8()).path("out_trade_no").asString();
    }

    @Test
    void fifty_parallel_copies_make_one_paid_payment_and_one_event() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers =
                    IntStream.range(0, 50)
                            .mapToObj(_ -> threads.submit(() -> notify(notification("EV-1"))))
                            .toList();
            for (var answer : answers) {
                assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
            }
        }
        assertThat(notify(notification("EV-2")).statusCode()).isEqualTo(200);

        assertThat(status()).isEqualTo("paid");
        assertThat(events()).containsOnlyOnce("payment.paid");
        assertThat(kept()).containsExactly("accepted null", "accepted null");
    }

    @Test
    void what_does_not_fit_changes_nothing_and_the_genuine_one_still_counts() throws Exception {
        var tampered = notification("EV-3");
        tampered.transaction = tampered.transaction.replace("12000", "12001");
        var otherShop = notification("EV-3");
        otherShop.transaction = otherShop.transaction.replace("1900000109", "1900000110");
        var otherCurrency = notification("EV-3");
        otherCurrency.transaction = otherCurrency.transaction.replace("\"NZD\"", "\"AUD\"");
        var forged = notification("EV-3");
        forged.signature = "WECHATPAY/SIGNTEST/" + "A".repeat(325);

        assertThat(notify(tampered).statusCode()).isEqualTo(400);
        assertThat(notify(otherShop).statusCode()).isEqualTo(400);
        assertThat(notify(otherCurrency).statusCode()).isEqualTo(400);
        assertThat(notify(forged).statusCode()).isEqualTo(401);
        assertThat(status()).isEqualTo("pending");
        assertThat(events()).doesNotContain("payment.paid");
        assertThat(notify(notification("EV-3")).statusCode()).isEqualTo(200);
        assertThat(status()).isEqualTo("paid");
        assertThat(kept())
                .containsExactly(
                        "refused wrong_amount",
                        "refused wrong_merchant",
                        "refused wrong_currency",
                        "accepted null");
    }

    /** The feed is ordered by these numbers: who waits for a payment must not have drawn one. */
    @Test
    void what_waits_for_its_payment_has_no_place_in_the_feed_yet() throws Exception {
        try (var other = database.getConnection();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            try (var lock =
                    other.prepareStatement("select 1 from payment where id = ? for update")) {
                lock.setString(1, payment);
                lock.execute();
            }
            var answer = threads.submit(() -> notify(notification("EV-5")));

            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(
                                            jdbc.sql(
                                                            """
                                                            select backend_xid is null from pg_stat_activity
                                                             where datname = current_database() and wait_event_type = 'Lock'
                                                            """)
                                                    .query(Boolean.class)
                                                    .list())
                                    .containsExactly(true));

            other.rollback();
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(status()).isEqualTo("paid");
    }

    @Test
    void an_order_we_do_not_have_is_asked_for_again() throws Exception {
        orderNumber = "01JDUNKNOWN000000000000000000000";

        var answer = notify(notification("EV-4"));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"code\":\"FAIL\",\"message\":\"unknown_order\"}");
    }

    private SignedNotification notification(String id) {
        var notification = new SignedNotification();
        notification.id = id + "-" + payment;
        notification.transaction =
                notification.transaction.replace(SampleOrders.KEY.orderNumber(), orderNumber);
        return notification;
    }

    private HttpResponse<String> notify(SignedNotification notification) throws Exception {
        var headers =
                notification.headers().entrySet().stream()
                        .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                        .toArray(String[]::new);
        return send(
                "/channels/wechat/notifications/wechat_test",
                new String(notification.body(), StandardCharsets.UTF_8),
                headers);
    }

    private HttpResponse<String> send(String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private String status() {
        return jdbc.sql("select status from payment where id = ?")
                .param(payment)
                .query(String.class)
                .single();
    }

    private List<String> events() {
        return jdbc.sql("select type from outbox where subject = ? order by txid, position")
                .param(payment)
                .query(String.class)
                .list();
    }

    private List<String> kept() {
        return jdbc.sql(
                        """
                        select verdict || ' ' || coalesce(reason, 'null') from channel_notification
                        where order_number = ? order by id
                        """)
                .param(orderNumber)
                .query(String.class)
                .list();
    }
}

package io.ferrypay.paymentchannel.channel.payease;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.paymentchannel.TestTokens;
import io.ferrypay.paymentchannel.bank.Bank;
import io.ferrypay.paymentchannel.bank.Banks;
import io.ferrypay.paymentchannel.channel.OrderBook;
import io.ferrypay.paymentchannel.channel.payease.PretendPayease.Notice;
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
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service with a pretend Payease on the other end of the wire. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PaidByBankTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final PretendPayease PAYEASE = pretendPayease();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort private int port;
    @Autowired private JdbcClient jdbc;
    @Autowired private Banks banks;
    @Autowired private OrderBook orders;
    private String payment = "";
    private String oid = "";
    private String amount = "";

    private static PretendPayease pretendPayease() {
        try {
            return new PretendPayease(Files.createTempDirectory("payease-keys"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "payment_channel");
        registry.add("ferry.fx.charge-sources", () -> "operator,configured");
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
        var account = PAYEASE.account();
        var name = "ferry.channels.payease.accounts[0].";
        registry.add(name + "id", account::id);
        registry.add(name + "mode", () -> "test");
        registry.add(name + "merchant-number", account::merchantNumber);
        registry.add(name + "key-file", account::keyFile);
        registry.add(name + "public-key-file", account::publicKeyFile);
        registry.add(name + "base-url", account::baseUrl);
        registry.add(name + "notify-base-url", account::notifyBaseUrl);
    }

    @AfterAll
    static void close() {
        PAYEASE.close();
    }

    @BeforeEach
    void a_payment_whose_payer_is_sent_to_the_bank() throws Exception {
        PAYEASE.answers.clear();
        var merchant = "mer_" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);
        jdbc.sql(
                        """
                        insert into merchant_copy (merchant_id, version, display_name, status, currency,
                            allowed_methods, late_payment_policy, test_registrations)
                        values (?, 1, 'Harbour School', 'active', 'NZD', 'onlinebank', 'accept',
                            '{"onlinebank":{"subMerchantId":"HARBOURHONEY","categoryCode":"5499"}}')
                        """)
                .param(merchant)
                .update();
        var created =
                send(
                        "POST",
                        "/v2/payments",
                        """
                        {"merchant_reference":"%s","amount":"120.00","currency":"NZD","product_name":"学费",
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

        var shown =
                send(
                        "POST",
                        "/checkout/" + nonce + "/attempts",
                        """
                        {"method":"onlinebank","bank_code":"ICBC","payer":{"name":"王小明","id_number":"11010519491231002X"}}\
                        """);

        assertThat(shown.statusCode()).as(shown.body()).isEqualTo(200);
        var fields = find(JSON.readTree(shown.body()), "fields");
        oid = fields.path("v_oid").asString();
        amount = fields.path("v_amount").asString();
        assertThat(fields.path("v_idname").asString()).isEqualTo("王小明");
    }

    @Test
    void a_notification_pays_it_once_in_the_yuan_of_its_form() throws Exception {
        PAYEASE.answers.add(PretendPayease.order(oid, "1", amount));
        PAYEASE.answers.add(PretendPayease.order(oid, "1", amount));

        assertThat(notify("1", amount)).isEqualTo("sent");
        assertThat(notify("1", amount)).isEqualTo("sent");

        assertThat(amount).isEqualTo("564.09"); // 120.00 × 4.645, and the margin of 1.2 %.
        assertThat(status()).isEqualTo("paid");
        assertThat(events()).containsOnlyOnce("payment.paid");
    }

    @Test
    void a_failure_at_the_bank_leaves_it_payable() throws Exception {
        PAYEASE.answers.add(PretendPayease.order(oid, "1", amount));

        assertThat(notify("3", amount)).isEqualTo("sent");
        assertThat(status()).isEqualTo("pending");
        assertThat(notify("1", amount)).isEqualTo("sent");
        assertThat(status()).isEqualTo("paid");
    }

    @Test
    void a_signed_lie_about_the_amount_is_parked_and_nothing_is_paid() throws Exception {
        assertThat(notify("1", "564.10")).isEqualTo("sent");

        assertThat(status()).isEqualTo("pending");
        assertThat(events()).doesNotContain("payment.paid");
        assertThat(
                        jdbc.sql("select reason from refused_report where order_number = ?")
                                .param(OrderNumber.parse(oid).ours())
                                .query(String.class)
                                .list())
                .containsExactly("wrong_amount");
    }

    @Test
    void the_payer_is_in_no_table() {
        for (var table : List.of("attempt", "payment", "outbox", "channel_notification")) {
            assertThat(
                            jdbc.sql(
                                            "select count(*) from "
                                                    + table
                                                    + " t where t::text like '%王小明%' or t::text"
                                                    + " like '%11010519491231002X%'")
                                    .query(Long.class)
                                    .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void a_day_of_orders_can_be_found_again() throws Exception {
        var today = LocalDate.ofInstant(Clock.systemUTC().instant(), OrderNumber.BEIJING);
        var number = OrderNumber.parse(oid).ours();

        assertThat(orders.find("payease_test", number).orElseThrow().amount().minorUnits())
                .isEqualTo(56_409);
        assertThat(orders.find("another", number)).isEmpty();
        assertThat(paidOn(today)).containsEntry(number, false);
        PAYEASE.answers.add(PretendPayease.order(oid, "1", amount));
        notify("1", amount);
        assertThat(paidOn(today)).containsEntry(number, true);
        assertThat(paidOn(today.minusDays(1))).doesNotContainKey(number);
        assertThat(paidOn(today.plusDays(1))).doesNotContainKey(number);
    }

    private java.util.Map<String, Boolean> paidOn(LocalDate day) {
        var found = new java.util.HashMap<String, Boolean>();
        var after = "";
        while (true) {
            var page = orders.ofDay("payease_test", day, after, 2);
            if (page.isEmpty()) {
                return found;
            }
            page.forEach(order -> found.put(order.key().orderNumber(), order.paid()));
            after = page.getLast().key().orderNumber();
        }
    }

    @Test
    void the_banks_on_our_list_are_those_behind_payease() {
        assertThat(banks.all())
                .extracting(Bank::code)
                .containsExactlyElementsOf(
                        Arrays.stream(PayeaseBank.values()).map(Enum::name).toList());
    }

    private String notify(String status, String told) throws Exception {
        var notice = Notice.of(status, told, oid);
        return send(
                        "POST",
                        "/channels/payease/notifications/payease_test",
                        new String(notice.body(), StandardCharsets.US_ASCII),
                        "Content-Type",
                        "application/x-www-form-urlencoded")
                .body();
    }

    private static JsonNode find(JsonNode tree, String name) {
        var found = tree.findValue(name);
        assertThat(found).as(tree.toString()).isNotNull();
        return found;
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(method, BodyPublishers.ofString(body));
        if (!List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
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
}

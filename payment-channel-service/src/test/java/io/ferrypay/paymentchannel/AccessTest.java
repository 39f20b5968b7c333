package io.ferrypay.paymentchannel;

import static io.ferrypay.testkit.EndpointAccess.ANYONE;
import static io.ferrypay.testkit.EndpointAccess.ANY_MERCHANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.testkit.EndpointAccess;
import io.ferrypay.testkit.EndpointAccess.Owner;
import io.ferrypay.testkit.PublishedDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may call what of {@code /v2}. */
class AccessTest extends RunningServiceTest {

    private static final Map<String, String> RULES =
            Map.ofEntries(
                    Map.entry("GET /v2/openapi.json", ANYONE),
                    Map.entry("GET /v2/openapi.json.yaml", ANY_MERCHANT),
                    Map.entry("GET /v2/fx/rates", "payments:read"),
                    Map.entry("GET /v2/fx/rate_history", "payments:read"),
                    Map.entry("POST /v2/fx/quotes", "payments:write"),
                    Map.entry("GET /v2/fx/quotes/{id}", "payments:read"),
                    Map.entry("GET /v2/exports", "exports:read"),
                    Map.entry("POST /v2/exports", "exports:write"),
                    Map.entry("GET /v2/exports/{id}", "exports:read"),
                    Map.entry("GET /v2/exports/{id}/content", "exports:read"),
                    Map.entry("POST /v2/exports/{id}:cancel", "exports:write"),
                    Map.entry("GET /v2/payments", "payments:read"),
                    Map.entry("GET /v2/payment_statistics", "payments:read"),
                    Map.entry("POST /v2/payments", "payments:write"),
                    Map.entry("GET /v2/payments/{id}", "payments:read"),
                    Map.entry(
                            "GET /v2/payments/by-reference/{merchant_reference}", "payments:read"),
                    Map.entry("POST /v2/payments/{id}:cancel", "payments:write"),
                    Map.entry("POST /v2/payments/{id}:reissue_nonce", "payments:write"),
                    Map.entry("GET /v2/payments/{id}/refunds", "refunds:read"),
                    Map.entry("POST /v2/payments/{id}/refunds", "refunds:write"),
                    Map.entry("GET /v2/refunds", "refunds:read"),
                    Map.entry("GET /v2/refunds/{id}", "refunds:read"),
                    Map.entry("POST /v2/refunds/{id}:approve", "refunds:approve"),
                    Map.entry("POST /v2/refunds/{id}:refuse", "refunds:approve"),
                    Map.entry("GET /v2/refunds/limits", "refunds:read"),
                    Map.entry("POST /v2/refunds/limits", "refund_limits:write"),
                    Map.entry("POST /v2/spotpay/charges", "payments:write"),
                    Map.entry("GET /v2/spotpay/reports", "payments:read"),
                    Map.entry("GET /v2/unusual_uses", "static_codes:read"),
                    Map.entry("POST /v2/unusual_uses/{id}:dismiss", "static_codes:write"));

    private static final String DEVICE = "dev_of_access_test";

    /** What the gateway makes of a till's {@code POST /v2/spotpay/charges}. */
    private static final String TILLS_CHARGE = "POST /v2/spotpay/sessions:charge";

    private static final Map<String, String> RULES_OF_TILLS =
            Map.of(
                    "GET /v2/spotpay/sessions",
                    "payments:read",
                    "POST /v2/spotpay/sessions",
                    "payments:write",
                    TILLS_CHARGE,
                    "payments:write",
                    "GET /v2/spotpay/sessions/{id}",
                    "payments:read",
                    "GET /v2/spotpay/sessions/{id}/events",
                    "payments:read",
                    "POST /v2/spotpay/sessions/{id}:cancel",
                    "payments:write",
                    "GET /v2/spotpay/report",
                    "payments:read");

    /** Is refused in words of its own without a cashier; {@code SpotPayTest} tries it. */
    private static final String REFUND = "POST /v2/spotpay/sessions/{id}/refunds";

    /** Made with a merchant's key, though it stands among what tills call. */
    private static final String CHARGE = "POST /v2/spotpay/charges";

    /** So is this. */
    private static final String REPORTS = "GET /v2/spotpay/reports";

    private static final PublishedDescription DESCRIPTION =
            new PublishedDescription("payments-v2.json");

    @LocalServerPort private int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @TestFactory
    Stream<DynamicTest> endpoints() {
        var payment = created();
        var order = offered(payment);
        notified(order, FakeChannel.success(order, "42000077"));
        var id = payment.path("id").asString();
        var refund =
                JSON.readTree(
                        send(
                                        request("/v2/payments/" + id + "/refunds", token())
                                                .header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{\"amount\":\"1.00\"}")
                                .body());
        var quote =
                JSON.readTree(
                        post(
                                        "/v2/fx/quotes",
                                        "{\"sell_currency\":\"CNY\",\"buy_currency\":\"NZD\",\"buy_amount\":\"1.00\"}")
                                .body());
        var export = JSON.readTree(post("/v2/exports", "{\"kind\":\"payments\"}").body());
        var ids = new HashMap<String, String>();
        for (var endpoint : RULES.keySet()) {
            if (endpoint.contains("/payments/{id}")) {
                ids.put(endpoint, id);
            }
            if (endpoint.contains("/exports/{id}")) {
                ids.put(endpoint, export.path("id").asString());
            }
        }
        ids.put("GET /v2/refunds/{id}", refund.path("id").asString());
        ids.put("POST /v2/refunds/{id}:approve", refund.path("id").asString());
        ids.put("POST /v2/refunds/{id}:refuse", refund.path("id").asString());
        ids.put("GET /v2/fx/quotes/{id}", quote.path("id").asString());
        ids.put("POST /v2/unusual_uses/{id}:dismiss", UnusualUseRows.add(jdbc, merchant));
        ids.put(
                "GET /v2/payments/by-reference/{merchant_reference}",
                payment.path("merchant_reference").asString());
        var owner =
                new Owner(
                        merchant,
                        newMerchant("accept"),
                        Set.of(
                                "payments:read",
                                "payments:write",
                                "refunds:read",
                                "refunds:write",
                                "refunds:approve",
                                "refund_limits:write",
                                "exports:read",
                                "exports:write",
                                "static_codes:read",
                                "static_codes:write"),
                        ids,
                        Map.of(
                                "POST /v2/exports",
                                "{\"kind\":\"payments\"}",
                                "POST /v2/payments/{id}/refunds",
                                "{\"amount\":\"1.00\"}",
                                CHARGE,
                                "{\"amount\":\"1.00\",\"currency\":\"NZD\",\"merchant_reference\":\"T-1\",\"pay_code\":\"1111111111111111\"}"));
        var endpoints = EndpointAccess.endpoints(mappings, "/v2/");
        endpoints.removeIf(AccessTest::isOfTills);
        var described = DESCRIPTION.operations();
        described.removeIf(AccessTest::isOfTills);
        return new EndpointAccess(
                        port,
                        (whose, mode, scopes) -> TestTokens.person(whose, mode, "usr_1", scopes),
                        owner)
                .tests(endpoints, described, RULES);
    }

    @TestFactory
    Stream<DynamicTest> endpoints_of_tills() {
        var session =
                JSON.readTree(
                        send(
                                        request(
                                                        "/v2/spotpay/sessions",
                                                        till(
                                                                merchant,
                                                                "test",
                                                                List.of("payments:write")))
                                                .header("Idempotency-Key", anyKey()),
                                        "POST",
                                        "{\"amount\":\"1.00\",\"currency\":\"NZD\"}")
                                .body());
        var ids = new HashMap<String, String>();
        for (var endpoint : RULES_OF_TILLS.keySet()) {
            ids.put(endpoint, session.path("id").asString());
        }
        var owner =
                new Owner(
                        merchant,
                        newMerchant("accept"),
                        Set.of("payments:read", "payments:write", "refunds:write"),
                        ids,
                        Map.of(
                                "POST /v2/spotpay/sessions",
                                "{\"amount\":\"1.00\",\"currency\":\"NZD\"}",
                                TILLS_CHARGE,
                                "{\"amount\":\"1.00\",\"currency\":\"NZD\",\"pay_code\":\"1111111111111111\"}"));
        var endpoints = EndpointAccess.endpoints(mappings, "/v2/spotpay/");
        assertThat(endpoints.remove(REFUND)).isTrue();
        assertThat(endpoints.remove(CHARGE)).isTrue();
        assertThat(endpoints.remove(REPORTS)).isTrue();
        var described = DESCRIPTION.operations();
        described.removeIf(operation -> !isOfTills(operation) || operation.equals(REFUND));
        // Described as the shops' charge: the gateway leads those that a till signed to here.
        assertThat(described.add(TILLS_CHARGE)).isTrue();
        return new EndpointAccess(port, AccessTest::till, owner)
                .tests(endpoints, described, RULES_OF_TILLS);
    }

    private static boolean isOfTills(String endpoint) {
        return endpoint.contains(" /v2/spotpay/")
                && !endpoint.equals(CHARGE)
                && !endpoint.equals(REPORTS);
    }

    private static String till(String merchantId, String mode, List<String> scopes) {
        return TestTokens.device(merchantId, mode, DEVICE, null, scopes);
    }
}

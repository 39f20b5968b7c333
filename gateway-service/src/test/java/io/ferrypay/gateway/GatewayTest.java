package io.ferrypay.gateway;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.ferrypay.gateway.StubService.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole gateway before stub services; one application for all tests that extend this. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            "management.server.port=0",
            // Only its own test has it sent, so that others know what their stubs are sent.
            "ferry.gateway.request-log.every=1h",
            "ferry.gateway.body-timeout=1s",
            "ferry.gateway.timeouts.answer=1s",
            "ferry.gateway.timeouts.long-poll=3s",
            "ferry.gateway.limits.open.per-second=1000",
            "ferry.gateway.limits.open.burst=1000",
            "ferry.gateway.limits.unknown-keys.per-second=1000",
            "ferry.gateway.limits.unknown-keys.burst=1000"
        })
@AutoConfigureWebTestClient(timeout = "15s")
abstract class GatewayTest {

    static final String MERCHANT = "mer_01JDC3VZ6Q8S7M2K4T9R5XN1AB";
    static final StubService PAYMENTS = new StubService();
    static final StubService MERCHANTS = new StubService();
    static final StubService NOTIFY = new StubService();
    static final StubService TRADE_ADMIN = new StubService();
    static final StubService RECONCILE = new StubService();
    static final ECKey GATEWAY_KEY = newKey();
    static final Path FOLDER = newFolder();

    private static final Map<String, Answer> KEYS = new ConcurrentHashMap<>();
    private static int keysMade;

    @Autowired WebTestClient http;
    @LocalServerPort int port;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) throws IOException {
        var key =
                Files.writeString(
                        FOLDER.resolve("gateway-service.jwk"), GATEWAY_KEY.toJSONString());
        registry.add("ferry.identity.private-key", key::toString);
        registry.add("ferry.gateway.web-root", () -> FOLDER.resolve("web").toString());
        var simple = "spring.cloud.discovery.client.simple.instances.";
        registry.add(simple + "payment-channel-service[0].uri", PAYMENTS::url);
        registry.add(simple + "merchant-service[0].uri", MERCHANTS::url);
        registry.add(simple + "notify-service[0].uri", NOTIFY::url);
        registry.add(simple + "trade-admin-service[0].uri", TRADE_ADMIN::url);
        registry.add(simple + "reconcile-service[0].uri", RECONCILE::url);
    }

    @BeforeEach
    void start_with_fresh_stubs() {
        PAYMENTS.reset();
        NOTIFY.reset();
        TRADE_ADMIN.reset();
        RECONCILE.reset();
        MERCHANTS.reset();
        MERCHANTS.answers(GatewayTest::authenticated);
    }

    static Answer authenticated(StubService.Received request) {
        if (!request.uri().equals("/internal/api-keys:authenticate")) {
            return Answer.json(200, "{\"object\":\"merchant\"}");
        }
        return KEYS.entrySet().stream()
                .filter(entry -> request.body().equals("{\"key\":\"" + entry.getKey() + "\"}"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Answer.problem(401, "unauthenticated"));
    }

    /** A fresh key that may do everything, quickly. */
    static String key() {
        return key(Grant.all());
    }

    static synchronized String key(Grant grant) {
        keysMade++;
        var secret = "sk_test_" + "%040d".formatted(keysMade);
        KEYS.put(secret, Answer.json(200, grant.json("key_" + keysMade)));
        return secret;
    }

    record Grant(
            Set<String> scopes, String networks, int writes, int reads, String merchantStatus) {

        static Grant all() {
            return new Grant(
                    Set.of(
                            "payments:read",
                            "payments:write",
                            "refunds:read",
                            "refunds:write",
                            "webhooks:read",
                            "webhooks:write",
                            "keys:read",
                            "keys:write",
                            "merchant:read"),
                    "[]",
                    1000,
                    1000,
                    "active");
        }

        Grant scoped(String... only) {
            return new Grant(Set.of(only), networks, writes, reads, merchantStatus);
        }

        Grant from(String cidrs) {
            return new Grant(scopes, cidrs, writes, reads, merchantStatus);
        }

        Grant limited(int writesPerSecond, int readsPerSecond) {
            return new Grant(scopes, networks, writesPerSecond, readsPerSecond, merchantStatus);
        }

        Grant suspended() {
            return new Grant(scopes, networks, writes, reads, "suspended");
        }

        private String json(String keyId) {
            return """
            {"merchant_id":"%s","mode":"test","scopes":["%s"],"key_id":"%s","ip_allow_list":%s,
            "rate_limit":{"writes_per_second":%d,"reads_per_second":%d},
            "merchant_status":"%s","valid_until":null,"a_later_addition":true}
            """
                    .formatted(
                            MERCHANT,
                            String.join("\",\"", scopes),
                            keyId,
                            networks,
                            writes,
                            reads,
                            merchantStatus);
        }
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("gateway-service").generate();
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static Path newFolder() {
        try {
            var folder = Files.createTempDirectory("gateway-test");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

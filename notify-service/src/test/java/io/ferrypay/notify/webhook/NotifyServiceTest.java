package io.ferrypay.notify.webhook;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.events.Event;
import io.ferrypay.identity.KeyFiles;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a real PostgreSQL, with times made short; one for all tests. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            "ferry.webhooks.follow=false",
            "ferry.webhooks.allowed-private-targets=127.0.0.1/32",
            "ferry.webhooks.schedule=0s,200ms,400ms,600ms",
            "ferry.webhooks.call-timeout=1s",
            "ferry.webhooks.connect-timeout=500ms",
            "ferry.webhooks.lease=3s",
            "ferry.webhooks.give-up-after=20h",
            "ferry.webhooks.breaker-pause=1s",
            "ferry.webhooks.at-once=32",
            "ferry.webhooks.at-once-per-merchant=12",
            "ferry.webhooks.at-once-per-lane=4"
        })
@Import(TestNames.class)
public abstract class NotifyServiceTest {

    protected static final Duration SOON = Duration.ofSeconds(15);

    private static final Path FOLDER = newFolder();

    protected final JsonMapper json = JsonMapper.builder().build();

    /** Each test speaks for a merchant of its own. */
    protected final String merchant = "mer_" + Event.newId().substring(4);

    @LocalServerPort protected int port;
    @Autowired protected JdbcClient jdbc;
    @Autowired TakeEvents takeEvents;
    @Autowired protected TransactionTemplate transaction;

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "notify");
        registry.add(
                "ferry.identity.private-key",
                () -> FOLDER.resolve("notify-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> FOLDER.resolve("trusted.jwks").toString());
        registry.add("ferry.secrets.key", () -> Base64.getEncoder().encodeToString(new byte[32]));
    }

    private static Path newFolder() {
        try {
            var folder = Files.createTempDirectory("notify-test-");
            KeyFiles.generate(
                    folder,
                    List.of("gateway-service", "notify-service", "payment-channel-service"));
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    protected record Answer(int status, JsonNode body, Map<String, String> headers) {

        public String code() {
            return body.path("code").asString("");
        }
    }

    /** A payment of this test's merchant was paid. */
    Event paid(@Nullable String notifyUrl) {
        return paid(merchant, notifyUrl);
    }

    Event paid(String merchantId, @Nullable String notifyUrl) {
        var payment = "pay_" + Event.newId().substring(4);
        return Event.of(
                "payment.paid",
                payment,
                3,
                Instant.parse("2026-11-24T01:02:03Z"),
                json.valueToTree(
                        mapOf(
                                "merchant_id",
                                merchantId,
                                "livemode",
                                false,
                                "object",
                                Map.of("id", payment, "object", "payment", "status", "paid"),
                                "previous",
                                Map.of("status", "pending"),
                                "notify_url",
                                notifyUrl)));
    }

    protected static Map<String, Object> mapOf(Object... pairs) {
        var map = new java.util.LinkedHashMap<String, Object>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    /** As the follower does it: in one transaction. */
    void happen(Event... events) {
        transaction.executeWithoutResult(_ -> takeEvents.apply(List.of(events)));
    }

    String endpoint(Receiver receiver, String... types) {
        return register(receiver, types).body().path("id").asString();
    }

    Answer register(Receiver receiver, String... types) {
        var answer =
                call(
                        "POST",
                        "/v2/webhook_endpoints",
                        Map.of(
                                "url",
                                receiver.url(),
                                "event_types",
                                types.length == 0 ? List.of("*") : List.of(types)));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        return answer;
    }

    /** The state of an event's only delivery. */
    String stateOf(String eventId) {
        return jdbc.sql("select status from delivery where event_id = ?")
                .param(eventId)
                .query(String.class)
                .single();
    }

    protected Answer call(String method, String path, @Nullable Object body) {
        return call(method, path, body, token("webhooks:read", "webhooks:write"));
    }

    protected Answer call(String method, String path, @Nullable Object body, String token) {
        return call(method, path, body, token, UUID.randomUUID().toString());
    }

    Answer call(
            String method,
            String path,
            @Nullable Object body,
            String token,
            @Nullable String idempotencyKey) {
        var request =
                RestClient.create("http://localhost:" + port)
                        .method(HttpMethod.valueOf(method))
                        .uri(java.net.URI.create("http://localhost:" + port + path))
                        .header("Authorization", "Bearer " + token);
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON)
                    .body(body instanceof String text ? text : json.writeValueAsString(body));
        }
        return request.exchange((_, response) -> {
            var bytes = response.getBody().readAllBytes();
            return new Answer(
                    response.getStatusCode().value(),
                    bytes.length == 0 ? json.createObjectNode() : json.readTree(bytes),
                    response.getHeaders().toSingleValueMap());
        });
    }

    protected String token(String... scopes) {
        return tokenOf(merchant, "test", scopes);
    }

    protected static String tokenOf(String merchant, String mode, String... scopes) {
        try {
            var key = ECKey.parse(Files.readString(FOLDER.resolve("gateway-service.jwk")));
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID("gateway-service")
                                    .build(),
                            new JWTClaimsSet.Builder()
                                    .issuer("gateway-service")
                                    .subject(merchant)
                                    .audience("ferrypay")
                                    .claim("typ", "merchant")
                                    .claim("mode", mode)
                                    .claim("key", "key_test")
                                    .claim("scopes", List.of(scopes))
                                    .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                    .build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

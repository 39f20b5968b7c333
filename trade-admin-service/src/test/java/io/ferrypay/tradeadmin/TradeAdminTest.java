package io.ferrypay.tradeadmin;

import com.github.f4b6a3.ulid.UlidCreator;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.identity.KeyFiles;
import io.ferrypay.identity.StaffCaller;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a real PostgreSQL, once for all tests. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            // There is nobody to follow: it asks now and then, and hears nothing.
            "ferry.ledger.follow=true",
            "spring.cloud.discovery.client.simple.instances.payment-channel-service[0].uri=http://127.0.0.1:1",
            "spring.cloud.discovery.client.simple.instances.merchant-service[0].uri=http://127.0.0.1:1",
            "spring.cloud.discovery.client.simple.instances.reconcile-service[0].uri=http://127.0.0.1:1",
            "ferry.ledger.check-after-start=1h",
            "ferry.approvals.expire-every=1h",
            "ferry.secrets.key=dGVzdCBrZXksIHRoaXJ0eS10d28gYnl0ZXMgbG9uZyE="
        })
public abstract class TradeAdminTest {

    private static final Path FOLDER = newFolder();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort protected int port;
    @Autowired protected JdbcClient jdbc;
    @Autowired protected TransactionTemplate transaction;

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "trade_admin");
        registry.add("ferry.secrets.key", () -> Base64.getEncoder().encodeToString(new byte[32]));
        registry.add(
                "ferry.identity.private-key",
                () -> FOLDER.resolve("trade-admin-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> FOLDER.resolve("trusted.jwks").toString());
        registry.add("ferry.staff.first-links-file", () -> firstLinks().toString());
    }

    /** Where the links for the first people stand. */
    protected static Path firstLinks() {
        return FOLDER.resolve("first-links.txt");
    }

    private static Path newFolder() {
        try {
            var folder = Files.createTempDirectory("trade-admin-test-");
            KeyFiles.generate(
                    folder, List.of("gateway-service", "trade-admin-service", "job-service"));
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    protected static String serviceToken() {
        return serviceToken("job-service");
    }

    protected static String serviceToken(String service) {
        return new InternalTokens(key(service), Clock.systemUTC())
                .forService("trade-admin-service");
    }

    private static ECKey key(String service) {
        try {
            return ECKey.parse(Files.readString(FOLDER.resolve(service + ".jwk")));
        } catch (IOException | ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the gateway signs it. */
    protected static String tokenOf(StaffCaller caller) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID("gateway-service")
                                    .build(),
                            new JWTClaimsSet.Builder()
                                    .issuer("gateway-service")
                                    .subject(caller.accountId())
                                    .audience("ferrypay")
                                    .claim("typ", "staff")
                                    .claim("person", caller.personId())
                                    .claim("name", caller.name())
                                    .claim("permissions", List.copyOf(caller.permissions()))
                                    .claim("session", caller.sessionId())
                                    .claim("stepped_up_at", Date.from(caller.steppedUpAt()))
                                    .claim("address", caller.address())
                                    .expirationTime(Date.from(Instant.now().plusSeconds(120)))
                                    .build());
            token.sign(new ECDSASigner(key("gateway-service")));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of a merchant's API key, as the gateway signs it. */
    protected static String merchantToken(String merchantId, String mode, List<String> scopes) {
        try {
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID("gateway-service")
                                    .build(),
                            new JWTClaimsSet.Builder()
                                    .issuer("gateway-service")
                                    .subject(merchantId)
                                    .audience("ferrypay")
                                    .claim("typ", "merchant")
                                    .claim("mode", mode)
                                    .claim("scopes", scopes)
                                    .claim("key", "key_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                                    .expirationTime(Date.from(Instant.now().plusSeconds(110)))
                                    .build());
            token.sign(new ECDSASigner(key("gateway-service")));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new person with an account, who has just proven who they are. */
    protected StaffCaller colleague(String... permissions) {
        var person = "per_" + UlidCreator.getUlid();
        jdbc.sql(
                        "insert into person (id, employee_number, name, created_at) values (?, ?, 'Aroha', now())")
                .params(person, "E-" + UlidCreator.getUlid())
                .update();
        return accountOf(person, permissions);
    }

    /** One more account of a person. */
    protected StaffCaller accountOf(String person, String... permissions) {
        var account = "sta_" + UlidCreator.getUlid();
        jdbc.sql(
                        "insert into staff_account (id, person_id, email, created_at) values (?, ?, lower(?), now())")
                .params(account, person, account + "@ferrypay.example")
                .update();
        return new StaffCaller(
                account,
                person,
                "Aroha",
                Set.of(permissions),
                "ses_" + UlidCreator.getUlid(),
                Instant.now(),
                "192.0.2.7");
    }

    /** The same person, whose last proof of the second factor is too old. */
    protected static StaffCaller tired(StaffCaller caller) {
        return new StaffCaller(
                caller.accountId(),
                caller.personId(),
                caller.name(),
                caller.permissions(),
                caller.sessionId(),
                Instant.now().minus(StaffCaller.STEP_UP_LIFE),
                caller.address());
    }

    /** What was answered: a status and JSON, which is null where there is none. */
    public record Answer(int status, JsonNode body) {

        public String code() {
            return body.path("code").asString();
        }
    }

    protected Answer call(StaffCaller caller, String method, String path, @Nullable String body) {
        var answer = send(caller, method, path, body);
        return new Answer(
                answer.statusCode(),
                answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body()));
    }

    /** The body of a good answer, as it came. */
    protected String text(StaffCaller caller, String path) {
        var answer = send(caller, "GET", path, null);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + " answers " + answer.statusCode());
        }
        return answer.body();
    }

    private HttpResponse<String> send(
            StaffCaller caller, String method, String path, @Nullable String body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + tokenOf(caller))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** With everything in the database that guards it switched off, as an intruder might. */
    protected void tamper(String table, String... statements) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("alter table " + table + " disable trigger user").update();
            for (var statement : statements) {
                jdbc.sql(statement).update();
            }
            jdbc.sql("alter table " + table + " enable trigger user").update();
        });
    }
}

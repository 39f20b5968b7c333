package io.ferrypay.merchant;

import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.identity.KeyFiles;
import io.ferrypay.merchant.document.FakeClamd;
import io.ferrypay.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service with its portal; one application for all tests that extend this. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "eureka.client.enabled=false",
            "ferry.mail.interval=PT0.05S",
            "ferry.portal.second-factors.must-have=finance"
        })
abstract class PortalTest {

    static final String PASSWORD = "correct horse battery";
    static final Path FOLDER = newFolder();

    private static final FakeClamd CLAMD = new FakeClamd();

    private static final Pattern TOKEN = Pattern.compile("#token=([0-9A-Za-z_-]{43})");
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    @LocalServerPort int port;
    @Autowired JdbcClient jdbc;

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "merchant");
        KeyFiles.generate(
                FOLDER,
                List.of(
                        "gateway-service",
                        "merchant-service",
                        "job-service",
                        "trade-admin-service"));
        registry.add(
                "ferry.identity.private-key",
                () -> FOLDER.resolve("merchant-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> FOLDER.resolve("trusted.jwks").toString());
        registry.add("ferry.mail.folder", () -> FOLDER.resolve("mailbox").toString());
        registry.add("ferry.documents.folder", () -> FOLDER.resolve("documents").toString());
        registry.add("ferry.documents.clamd.host", () -> "127.0.0.1");
        registry.add("ferry.documents.clamd.port", CLAMD::port);
        registry.add(
                "ferry.onboarding.sanctions-file",
                () -> FOLDER.resolve("sanctions.csv").toString());
    }

    private static Path newFolder() {
        try {
            var folder = Files.createTempDirectory("portal-test");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A browser without cookies, at an address of its own. */
    Browser browser() {
        return new Browser(
                port, "10.0." + PEOPLE.get() / 250 + "." + PEOPLE.incrementAndGet() % 250);
    }

    static String newEmail() {
        return "person" + PEOPLE.incrementAndGet() + "@shop.example";
    }

    /** Somebody who signed up and is signed in. */
    Browser owner() {
        return owner(newEmail());
    }

    Browser owner(String email) {
        var browser = browser();
        expect(202, askToSignUp(browser, email));
        expect(
                201,
                browser.post(
                        "/portal/api/sign_up:complete",
                        Map.of("token", tokenMailedTo(email), "password", PASSWORD)));
        return browser;
    }

    static Browser.Answer askToSignUp(Browser browser, String email) {
        return browser.post(
                "/portal/api/sign_up",
                Map.of(
                        "email", email,
                        "name", "Aroha Ngata",
                        "business_name", "Kauri Books",
                        "language", "en"));
    }

    static void expect(int status, Browser.Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("Expected " + status + ", got " + answer);
        }
    }

    Browser.Answer signIn(Browser browser, String email, String password) {
        return browser.post("/portal/api/sign_in", Map.of("email", email, "password", password));
    }

    /** Of the newest mail to this address; waits for one. */
    static String tokenMailedTo(String email) {
        var found = TOKEN.matcher(mailTo(email));
        if (!found.find()) {
            throw new AssertionError("No token in the mail");
        }
        return found.group(1);
    }

    /** As the gateway asks whose session a cookie is. */
    Browser.Answer exchange(String secret) {
        var gateway = browser();
        gateway.headers.put("Authorization", "Bearer " + serviceToken("gateway-service"));
        return gateway.send(
                "POST", "/internal/portal-sessions:exchange", Map.of("session", secret));
    }

    /** Of the newest mail with this subject to this address; waits for one. */
    static String tokenOfMail(String email, String subject) {
        var found = TOKEN.matcher(mailTo(email, subject));
        if (!found.find()) {
            throw new AssertionError("No token in the mail");
        }
        return found.group(1);
    }

    /** The newest mail with this subject to this address; waits for one. */
    static String mailTo(String email, String subject) {
        return await().atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                mailsTo(email).stream()
                                        .filter(mail ->
                                                mail.contains("\nSubject: " + subject + "\n"))
                                        .toList(),
                        mails -> !mails.isEmpty())
                .getLast();
    }

    /** The last proof of this session is ten minutes old. */
    void grow(Browser browser) throws Exception {
        try (var bytes = new java.io.ByteArrayOutputStream();
                var objects = new java.io.ObjectOutputStream(bytes)) {
            objects.writeObject(Instant.now().minus(Duration.ofMinutes(10)).toString());
            objects.flush();
            jdbc.sql(
                            "update portal_session_attributes set attribute_bytes = ? where attribute_name = 'stepped_up_at' and session_primary_id = (select primary_id from portal_session where session_id = ?)")
                    .params(bytes.toByteArray(), browser.cookies.get("ferry_portal"))
                    .update();
        }
    }

    static String mailTo(String email) {
        return await().atMost(Duration.ofSeconds(10))
                .until(() -> mailsTo(email), mails -> !mails.isEmpty())
                .getLast();
    }

    /** Oldest first. */
    static List<String> mailsTo(String email) {
        var box = FOLDER.resolve("mailbox");
        try (var files = Files.list(box)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(PortalTest::read)
                    .filter(mail -> mail.startsWith("To: " + email + "\n"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a service of the platform shows when it calls this one. */
    static String serviceToken(String service) {
        return sign(
                service,
                new JWTClaimsSet.Builder()
                        .subject(service)
                        .audience("merchant-service")
                        .claim("typ", "service"));
    }

    static String merchantToken(String merchantId, String... scopes) {
        return merchantToken(merchantId, "test", List.of(scopes));
    }

    static String merchantToken(String merchantId, String mode, List<String> scopes) {
        return sign(
                "gateway-service",
                new JWTClaimsSet.Builder()
                        .subject(merchantId)
                        .audience("ferrypay")
                        .claim("typ", "merchant")
                        .claim("mode", mode)
                        .claim("key", "key_test")
                        .claim("scopes", scopes));
    }

    static String staffToken(String person, Instant steppedUpAt, String... permissions) {
        return sign(
                "gateway-service",
                new JWTClaimsSet.Builder()
                        .subject("sta_of_" + person)
                        .audience("ferrypay")
                        .claim("typ", "staff")
                        .claim("person", person)
                        .claim("name", "Aroha")
                        .claim("session", "ses_1")
                        .claim("address", "192.0.2.7")
                        .claim("stepped_up_at", Date.from(steppedUpAt))
                        .claim("permissions", List.of(permissions)));
    }

    private static String sign(String issuer, JWTClaimsSet.Builder claims) {
        try {
            var key = ECKey.parse(Files.readString(FOLDER.resolve(issuer + ".jwk")));
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(issuer).build(),
                            claims.issuer(issuer)
                                    .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                    .build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

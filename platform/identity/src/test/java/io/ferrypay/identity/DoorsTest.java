package io.ferrypay.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who gets in where, over real HTTP and with real signatures. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.application.name=notify-service",
            "ferry.identity.public-paths=/open/**"
        })
class DoorsTest {

    @TempDir static Path folder;

    @LocalServerPort private int port;

    private final HttpClient http = HttpClient.newHttpClient();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Desk.class)
    static class Application {}

    @RestController
    static class Desk {

        @GetMapping("/v2/me")
        String me(MerchantCaller caller) {
            return caller.merchantId() + " " + caller.mode();
        }

        @GetMapping("/v2/write")
        String write(MerchantCaller caller) {
            caller.require("payments:write");
            return "written";
        }

        @GetMapping("/v2/spotpay/me")
        String till(DeviceCaller caller) {
            return caller.deviceId() + " " + caller.storeName() + " " + caller.cashierId();
        }

        @GetMapping("/console/api/me")
        String colleague(StaffCaller caller) {
            caller.require("ledger:read");
            caller.requireStepUp(Instant.now());
            return caller.accountId() + " " + caller.personId() + " " + caller.address();
        }

        @GetMapping("/v2/spotpay/shop")
        String shop(MerchantCaller caller) {
            return caller.merchantId();
        }

        @ForServices("payment-channel-service")
        @GetMapping("/internal/records")
        String records() {
            return "inside";
        }

        @GetMapping({"/internal/feed", "/open/page", "/elsewhere"})
        String anything() {
            return "inside";
        }
    }

    @DynamicPropertySource
    static void keys(DynamicPropertyRegistry registry) {
        KeyFiles.generate(
                folder, List.of("gateway-service", "notify-service", "payment-channel-service"));
        registry.add("ferry.identity.private-key", () -> folder.resolve("notify-service.jwk"));
        registry.add("ferry.identity.trusted-keys", () -> folder.resolve("trusted.jwks"));
    }

    @Test
    void a_merchant_gets_in_where_merchants_belong() throws Exception {
        var token = token("gateway-service", claims -> claims);

        assertThat(get("/v2/me", token).body()).isEqualTo("mer_01JDC3VZ6Q8S7M2K4T9R5XN1AB TEST");
        assertThat(get("/internal/feed", token).statusCode()).isEqualTo(403);
        assertThat(get("/elsewhere", token).statusCode()).isEqualTo(403);
    }

    @Test
    void a_device_gets_in_where_devices_belong_and_nowhere_else() throws Exception {
        var token = token("gateway-service", DoorsTest::ofDevice);

        assertThat(get("/v2/spotpay/me", token).body()).isEqualTo("dev_1 Wharf null");
        assertThat(get("/v2/me", token).statusCode()).isEqualTo(403);
        assertThat(get("/internal/feed", token).statusCode()).isEqualTo(403);
        assertThat(get("/v2/spotpay/shop", token).statusCode()).isEqualTo(401);
        assertThat(get("/v2/spotpay/me", token("gateway-service", claims -> claims)).statusCode())
                .isEqualTo(401);
        assertThat(
                        get("/v2/spotpay/me", token("payment-channel-service", DoorsTest::ofDevice))
                                .statusCode())
                .isEqualTo(401);
    }

    private static JWTClaimsSet.Builder ofDevice(JWTClaimsSet.Builder claims) {
        return claims.claim("typ", "device")
                .claim("device", "dev_1")
                .claim("store", "store_1")
                .claim("store_name", "Wharf")
                .claim("time_zone", "Pacific/Auckland");
    }

    @Test
    void staff_get_in_where_staff_belong_and_nobody_else_does() throws Exception {
        var token = token("gateway-service", DoorsTest::ofStaff);

        assertThat(get("/console/api/me", token).body()).isEqualTo("sta_1 per_1 192.0.2.7");
        assertThat(get("/v2/me", token).statusCode()).isEqualTo(403);
        assertThat(get("/internal/feed", token).statusCode()).isEqualTo(403);
        assertThat(get("/console/api/me", token("gateway-service", claims -> claims)).statusCode())
                .isEqualTo(403);
        assertThat(
                        get("/console/api/me", token("payment-channel-service", DoorsTest::ofStaff))
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void what_is_dangerous_wants_the_permission_and_a_fresh_proof() throws Exception {
        var allowed =
                token(
                        "gateway-service",
                        claims ->
                                ofStaff(claims)
                                        .claim("permissions", List.of("ledger:write", "ledger")));
        var old =
                token(
                        "gateway-service",
                        claims ->
                                ofStaff(claims)
                                        .claim(
                                                "stepped_up_at",
                                                Date.from(Instant.now().minusSeconds(301))));
        var never =
                token("gateway-service", claims -> ofStaff(claims).claim("stepped_up_at", null));

        assertThat(get("/console/api/me", allowed).body()).contains("forbidden_scope");
        assertThat(get("/console/api/me", old).body()).contains("step_up_required");
        assertThat(get("/console/api/me", never).body()).contains("step_up_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"person", "name", "session", "address", "aud", "sub"})
    void a_staff_token_that_lacks_something_is_refused(String claim) throws Exception {
        var token = token("gateway-service", claims -> ofStaff(claims).claim(claim, null));

        assertThat(get("/console/api/me", token).statusCode()).isEqualTo(401);
    }

    private static JWTClaimsSet.Builder ofStaff(JWTClaimsSet.Builder claims) {
        return claims.subject("sta_1")
                .claim("typ", "staff")
                .claim("person", "per_1")
                .claim("name", "Aroha")
                .claim("permissions", List.of("ledger:read"))
                .claim("session", "ses_1")
                .claim("stepped_up_at", Date.from(Instant.now()))
                .claim("address", "192.0.2.7");
    }

    @Test
    void a_service_gets_in_where_services_belong_and_only_at_its_audience() throws Exception {
        var tokens = new InternalTokens(key("payment-channel-service"), Clock.systemUTC());

        assertThat(get("/internal/feed", tokens.forService("notify-service")).statusCode())
                .isEqualTo(200);
        assertThat(get("/internal/feed", tokens.forService("merchant-service")).statusCode())
                .isEqualTo(401);
        assertThat(get("/v2/me", tokens.forService("notify-service")).statusCode()).isEqualTo(403);
    }

    @Test
    void where_services_are_named_no_other_gets_in() throws Exception {
        var named = new InternalTokens(key("payment-channel-service"), Clock.systemUTC());
        var other = new InternalTokens(key("gateway-service"), Clock.systemUTC());

        assertThat(get("/internal/records", named.forService("notify-service")).body())
                .isEqualTo("inside");
        var refused = get("/internal/records", other.forService("notify-service"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("\"code\":\"forbidden_scope\"");
        assertThat(get("/internal/feed", other.forService("notify-service")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void strangers_see_open_pages_and_nothing_else() throws Exception {
        assertThat(get("/open/page", null).statusCode()).isEqualTo(200);
        for (var path : List.of("/v2/me", "/internal/feed", "/elsewhere", "/open/../v2/me")) {
            var answer = get(path, null);
            assertThat(answer.statusCode()).as(path).isIn(400, 401);
            assertThat(answer.body()).doesNotContain("inside");
        }
    }

    @Test
    void a_refusal_is_a_problem_and_says_how_to_get_in() throws Exception {
        var answer = get("/v2/me", "nonsense");

        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(answer.body()).contains("\"code\":\"unauthenticated\"");
    }

    @Test
    void what_a_credential_may_not_do_is_forbidden_by_name() throws Exception {
        var answer = get("/v2/write", token("gateway-service", claims -> claims));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("forbidden_scope").contains("payments:write");
    }

    @Test
    void a_token_signed_by_a_stranger_in_the_gateways_name_is_refused() throws Exception {
        var stranger = new ECKeyGenerator(Curve.P_256).keyID("gateway-service").generate();

        assertThat(
                        get("/v2/me", sign(stranger, merchant().issuer("gateway-service").build()))
                                .statusCode())
                .isEqualTo(401);
    }

    @Test
    void only_the_gateway_speaks_for_merchants() throws Exception {
        assertThat(get("/v2/me", token("payment-channel-service", claims -> claims)).statusCode())
                .isEqualTo(401);
        var inAnothersName =
                sign(key("payment-channel-service"), merchant().issuer("gateway-service").build());
        assertThat(get("/v2/me", inAnothersName).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"typ", "mode", "key", "sub", "exp", "aud"})
    void a_token_that_lacks_something_is_refused(String claim) throws Exception {
        assertThat(
                        get("/v2/me", token("gateway-service", claims -> claims.claim(claim, null)))
                                .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(longs = {-60, 3600})
    void a_token_that_has_ended_or_lives_too_long_is_refused(long seconds) throws Exception {
        var token =
                token(
                        "gateway-service",
                        claims ->
                                claims.expirationTime(
                                        Date.from(Instant.now().plusSeconds(seconds))));

        assertThat(get("/v2/me", token).statusCode()).isEqualTo(401);
    }

    @Test
    void unsigned_and_otherwise_signed_tokens_are_refused() throws Exception {
        var claims = merchant().issuer("gateway-service").build();
        assertThat(get("/v2/me", new PlainJWT(claims).serialize()).statusCode()).isEqualTo(401);

        // The public key as the secret of a HMAC: a classic confusion.
        var confused =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("gateway-service").build(),
                        claims);
        confused.sign(new MACSigner(key("gateway-service").toECPublicKey().getEncoded()));
        assertThat(get("/v2/me", confused.serialize()).statusCode()).isEqualTo(401);
    }

    @Test
    void a_remembered_token_ends_with_its_time() throws Exception {
        var clock = new MovingClock();
        var verifier =
                new TokenVerifier(
                        "notify-service",
                        KeyFiles.trustedKeys(folder.resolve("trusted.jwks")),
                        clock);
        var token = token("gateway-service", claims -> claims);
        assertThat(verifier.verify(token).caller()).isInstanceOf(MerchantCaller.class);

        clock.now = clock.now.plus(Duration.ofMinutes(5));

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOf(InvalidToken.class)
                .hasMessage("expired");
    }

    @Test
    void a_service_signs_anew_before_its_token_ends() throws Exception {
        var clock = new MovingClock();
        var tokens = new InternalTokens(key("payment-channel-service"), clock);
        var first = tokens.forService("notify-service");
        assertThat(tokens.forService("notify-service")).isEqualTo(first);

        clock.now = clock.now.plus(Duration.ofSeconds(61));

        assertThat(tokens.forService("notify-service")).isNotEqualTo(first);
    }

    @Test
    void key_files_are_for_their_owner_only() throws Exception {
        for (var name : List.of("gateway-service.jwk", "trusted.jwks")) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(Files.readString(folder.resolve("trusted.jwks"))).doesNotContain("\"d\"");
    }

    private static JWTClaimsSet.Builder merchant() {
        return new JWTClaimsSet.Builder()
                .subject("mer_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                .audience("ferrypay")
                .claim("typ", "merchant")
                .claim("mode", "test")
                .claim("key", "key_1")
                .claim("scopes", List.of("payments:read"))
                .expirationTime(Date.from(Instant.now().plusSeconds(120)));
    }

    private static String token(String issuer, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(key(issuer), change.apply(merchant().issuer(issuer)).build());
    }

    private static ECKey key(String service) {
        return KeyFiles.privateKey(folder.resolve(service + ".jwk"));
    }

    private static String sign(ECKey key, JWTClaimsSet claims) {
        try {
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                            claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path, @Nullable String token) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public java.time.ZoneId getZone() {
            return java.time.ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}

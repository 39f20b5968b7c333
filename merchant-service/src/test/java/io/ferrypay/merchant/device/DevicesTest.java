package io.ferrypay.merchant.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.identity.KeyFiles;
import io.ferrypay.identity.Mode;
import io.ferrypay.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"eureka.client.enabled=false"})
class DevicesTest {

    private static final String MERCHANT = "mer_01JD0000000000000000DEM0SH";
    private static final String REFUND = "{\"amount\":\"5.00\"}";
    private static final String[] ALL = {
        "static_codes:read", "static_codes:write", "devices:read", "devices:write", "refunds:write"
    };
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir static Path folder;

    @LocalServerPort private int port;

    @Autowired private JdbcClient jdbc;
    @Autowired private KeepCashiers cashiers;
    @Autowired private TransactionOperations transactions;

    @DynamicPropertySource
    static void environment(DynamicPropertyRegistry registry) {
        TestPostgres.register(registry, "merchant");
        KeyFiles.generate(folder, List.of("gateway-service", "merchant-service", "notify-service"));
        registry.add(
                "ferry.identity.private-key",
                () -> folder.resolve("merchant-service.jwk").toString());
        registry.add(
                "ferry.identity.trusted-keys", () -> folder.resolve("trusted.jwks").toString());
        registry.add("ferry.demo.api-key-file", () -> folder.resolve("demo.key").toString());
    }

    @Test
    void a_device_is_paired_by_its_code_and_says_by_its_key_who_it_is() {
        var store = store();
        var made = post("/v2/devices", Map.of("store", store, "name", "Till 1")).body();
        assertThat(made.path("status").asString()).isEqualTo("unpaired");
        assertThat(made.path("pairing_code").asString()).matches("[0-9]{8}");
        assertThat(get(path(made)).body().has("pairing_code")).isFalse();

        var till = pair(made.path("pairing_code").asString());

        assertThat(till.keyId()).matches("dk_test_[0-9A-Za-z]{24}");
        assertThat(get(path(made)).body().path("status").asString()).isEqualTo("active");
        var known = exchange(till.sign("POST", "/v2/spotpay/sessions", "?", "{}")).body();
        assertThat(known.path("merchant_id").asString()).isEqualTo(MERCHANT);
        assertThat(known.path("mode").asString()).isEqualTo("test");
        assertThat(known.path("device")).isEqualTo(made.path("id"));
        assertThat(known.path("store").asString()).isEqualTo(store);
        assertThat(known.path("time_zone").asString()).isEqualTo("Pacific/Auckland");
        assertThat(known.path("cashier").isNull()).isTrue();
        assertThat(known.path("scopes").toString())
                .isEqualTo("[\"payments:read\",\"payments:write\"]");
        assertThat(known.path("merchant_status").asString()).isEqualTo("active");
    }

    @Test
    void a_code_is_good_once_for_ten_minutes_and_only_the_newest() throws Exception {
        var device = device();
        var first = device.path("pairing_code").asString();
        var second =
                post(path(device) + ":new_pairing_code", null)
                        .body()
                        .path("pairing_code")
                        .asString();
        assertThat(tryToPair(first).code()).isEqualTo("pairing_code_invalid");

        var answers = atOnce(4, () -> tryToPair(second).status());

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 403);
        var late = device();
        jdbc.sql("update device set pairing_ends_at = now() where id = ?")
                .param(late.path("id").asString())
                .update();
        assertThat(tryToPair(late.path("pairing_code").asString()).code())
                .isEqualTo("pairing_code_invalid");
    }

    @Test
    void nobody_finds_the_code_or_the_pin_in_the_database() throws Exception {
        var device = device();
        var code = device.path("pairing_code").asString();
        var cashier = cashier(device.path("store").asString(), "4711");

        var hash =
                jdbc.sql("select pairing_hash from device where id = ?")
                        .param(device.path("id").asString())
                        .query(byte[].class)
                        .single();
        var pinHash =
                jdbc.sql("select pin_hash from cashier where id = ?")
                        .param(cashier)
                        .query(String.class)
                        .single();

        assertThat(hash)
                .isNotEqualTo(sha256(code))
                .isNotEqualTo(code.getBytes(StandardCharsets.US_ASCII));
        assertThat(pinHash).startsWith("$argon2id$").doesNotContain("4711");
        assertThat(
                        jdbc.sql("select count(*) from done_request where fingerprint like ?")
                                .param("%" + hex(sha256("take on 4711")) + "%")
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    @Test
    void too_many_wrong_codes_from_one_address_are_refused_even_if_the_next_is_right() {
        var right = device().path("pairing_code").asString();
        for (var i = 0; i < 19; i++) {
            assertThat(tryToPair("00000000", "192.0.2.77").status()).isEqualTo(403);
        }
        var own = device().path("pairing_code").asString();
        assertThat(tryToPair(own, "192.0.2.77").status()).isEqualTo(200);

        assertThat(tryToPair(right, "192.0.2.77").code()).isEqualTo("too_many_attempts");
        assertThat(tryToPair(right, "192.0.2.78").status()).isEqualTo(200);
    }

    @Test
    void a_subscribers_many_ipv6_addresses_are_one() {
        for (var i = 0; i < 20; i++) {
            assertThat(tryToPair("00000000", "2001:db8:7:7:" + i + "::1").status()).isEqualTo(403);
        }

        assertThat(tryToPair("00000000", "2001:db8:7:7:ffff::2").code())
                .isEqualTo("too_many_attempts");
        assertThat(tryToPair("00000000", "2001:db8:7:8::1").code())
                .isEqualTo("pairing_code_invalid");
    }

    @Test
    void wrong_codes_from_ever_new_addresses_are_too_many_in_the_end() {
        jdbc.sql("delete from sign_in_attempt").update();
        var codes = new ArrayList<String>();
        for (var i = 0; i < 3; i++) {
            codes.add(device().path("pairing_code").asString());
        }
        var key = base64(keyPair().getPublic().getEncoded());
        try {
            // A right one does not count.
            assertThat(pairing(codes.get(0), key, "198.51.100.1").status()).isEqualTo(200);
            for (var i = 0; i < 199; i++) {
                assertThat(pairing("00000000", key, "203.0.113." + i).status()).isEqualTo(403);
            }
            assertThat(tryToPair(codes.get(1), "198.51.100.2").status()).isEqualTo(200);
            assertThat(pairing("00000000", key, "203.0.113.200").status()).isEqualTo(403);

            var refused = pairing(codes.get(2), key, "198.51.100.3");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("too_many_attempts");
            assertThat(Integer.parseInt(String.valueOf(refused.retryAfter()))).isBetween(1, 60);
        } finally {
            jdbc.sql("delete from sign_in_attempt").update();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "ed25519", "rsa", "off the curve", "nonsense"})
    void a_key_that_is_no_p256_key_is_refused_and_uses_no_code_up(String what) throws Exception {
        var code = device().path("pairing_code").asString();

        var refused = pairing(code, key(what), anyAddress());

        assertThat(refused.code()).isEqualTo("invalid_request");
        assertThat(tryToPair(code).status()).isEqualTo(200);
    }

    @Test
    void a_request_is_good_once() throws Exception {
        var till = paired();
        var request = till.sign("GET", "/v2/spotpay/device", "?", "");

        var answers = atOnce(4, () -> exchange(request).status());

        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 401);
        assertThat(exchange(request).code()).isEqualTo("nonce_used");
    }

    @Test
    void what_was_signed_is_what_is_done() {
        var till = paired();
        var good = till.sign("POST", "/v2/spotpay/sessions", "?a=1", "{\"amount\":\"1.00\"}");

        for (var change :
                List.<Map<String, Object>>of(
                        Map.of("method", "GET"),
                        Map.of("path", "/v2/spotpay/sessions/x"),
                        Map.of("query", "?a=2"),
                        Map.of("body_sha256", base64(sha256("{\"amount\":\"9.00\"}"))),
                        Map.of("nonce", "another-nonce-of-nobody"),
                        Map.of("created", Instant.now().getEpochSecond() + 1),
                        Map.of("key_id", paired().keyId()),
                        Map.of("signature", base64(new byte[64])),
                        Map.of("signature", base64(new byte[] {1})))) {
            var forged = new HashMap<>(good);
            forged.putAll(change);
            assertThat(exchange(forged).code()).as("%s", change).isEqualTo("signature_invalid");
        }

        // None of them used the nonce up.
        assertThat(exchange(good).status()).isEqualTo(200);
    }

    @Test
    void a_wrong_clock_is_told_the_right_time() {
        var till = paired();
        var now = Instant.now().getEpochSecond();
        for (var off : new long[] {-301, 302}) {
            var refused = exchange(till.signAt(now + off, "GET", "/v2/spotpay/device", "?", ""));

            assertThat(refused.code()).isEqualTo("clock_skewed");
            assertThat(refused.body().path("server_time").asLong()).isBetween(now, now + 60);
        }
        assertThat(exchange(till.signAt(now - 290, "GET", "/v2/spotpay/device", "?", "")).status())
                .isEqualTo(200);
        assertThat(exchange(till.signAt(now + 290, "GET", "/v2/spotpay/device", "?", "")).status())
                .isEqualTo(200);
    }

    @Test
    void a_nonce_is_kept_as_long_as_its_signature_could_come_again() {
        var till = paired();
        var ahead =
                till.signAt(
                        Instant.now().getEpochSecond() + 290, "GET", "/v2/spotpay/device", "?", "");
        exchange(ahead);

        var until =
                jdbc.sql("select expires_at from device_nonce where nonce = ?")
                        .param(ahead.get("nonce"))
                        .query(java.time.OffsetDateTime.class)
                        .single()
                        .toInstant();

        assertThat(until)
                .isAfter(
                        Instant.ofEpochSecond((Long) ahead.get("created"))
                                .plus(ExchangeDeviceRequest.SKEW));
    }

    @Test
    void a_revoked_device_is_out_at_once_and_for_good() {
        var device = device();
        var till = pair(device.path("pairing_code").asString());
        assertThat(exchange(till.sign("GET", "/v2/spotpay/device", "?", "")).status())
                .isEqualTo(200);

        assertThat(post(path(device) + ":revoke", null).body().path("status").asString())
                .isEqualTo("revoked");

        assertThat(exchange(till.sign("GET", "/v2/spotpay/device", "?", "")).code())
                .isEqualTo("device_revoked");
        assertThat(post(path(device) + ":new_pairing_code", null).code())
                .isEqualTo("device_revoked");
    }

    @Test
    void a_closed_stores_tills_are_out_at_once_and_it_gets_no_others() {
        var device = device();
        var till = pair(device.path("pairing_code").asString());
        var store = device.path("store").asString();
        var waiting = post("/v2/devices", Map.of("store", store, "name", "Till 2")).body();

        var closed = post("/v2/stores/" + store + ":close", null);

        assertThat(closed.body().path("status").asString()).as(closed.text()).isEqualTo("closed");
        assertThat(exchange(till.sign("GET", "/v2/spotpay/device", "?", "")).code())
                .isEqualTo("device_revoked");
        assertThat(get(path(waiting)).body().path("status").asString()).isEqualTo("revoked");
        assertThat(post("/v2/devices", Map.of("store", store, "name", "Till 3")).code())
                .isEqualTo("store_closed");
        assertThat(
                        post("/v2/cashiers", Map.of("store", store, "name", "Mei", "pin", "2468"))
                                .code())
                .isEqualTo("store_closed");
    }

    @Test
    void a_device_that_is_paired_again_leaves_its_old_key_behind() {
        var device = device();
        var old = pair(device.path("pairing_code").asString());
        var code = post(path(device) + ":new_pairing_code", null).body().path("pairing_code");
        assertThat(exchange(old.sign("GET", "/v2/spotpay/device", "?", "")).status())
                .isEqualTo(200);

        var fresh = pair(code.asString());

        assertThat(exchange(old.sign("GET", "/v2/spotpay/device", "?", "")).code())
                .isEqualTo("unauthenticated");
        assertThat(exchange(fresh.sign("GET", "/v2/spotpay/device", "?", "")).status())
                .isEqualTo(200);
    }

    @Test
    void a_cashiers_pin_gives_a_proof_for_this_device_and_no_other() {
        var device = device();
        var store = device.path("store").asString();
        var till = pair(device.path("pairing_code").asString());
        var neighbour = deviceOf(store);
        var other = pair(neighbour.path("pairing_code").asString());
        var cashier = cashier(store, "2468");
        // Also where the same cashier is signed in.
        signIn(neighbour.path("id").asString(), store, cashier, "2468");

        var done = signIn(device.path("id").asString(), store, cashier, "2468");

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        var proof = done.body().path("proof").asString();
        assertThat(Instant.parse(done.body().path("expires_at").asString()))
                .isBefore(Instant.now().plusSeconds(601));
        var known = exchange(till.with(proof)).body();
        assertThat(known.path("scopes").toString()).contains("refunds:write");
        assertThat(known.path("cashier").asString()).isEqualTo(cashier);
        assertThat(exchange(other.with(proof)).body().path("scopes").toString())
                .doesNotContain("refunds:write");
        assertThat(exchange(till.with("wrong")).body().path("scopes").toString())
                .doesNotContain("refunds:write");

        jdbc.sql("update cashier_proof set expires_at = now() where cashier_id = ?")
                .param(cashier)
                .update();
        assertThat(exchange(till.with(proof)).body().path("scopes").toString())
                .doesNotContain("refunds:write");
    }

    @Test
    void a_managers_pin_is_good_for_one_refund_and_takes_nobodys_shift_over() {
        var device = device();
        var id = device.path("id").asString();
        var store = device.path("store").asString();
        var till = pair(device.path("pairing_code").asString());
        var cashier = cashier(store, "2468");
        var manager = cashier(store, "97531");
        var shift = signIn(id, store, cashier, "2468").body().path("shift");
        var wanted = new HashMap<String, Object>();
        wanted.put("cashier", manager);
        wanted.put("pin", "97531");
        wanted.put("session", "spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB");
        wanted.put("idempotency_key", "key-1");
        wanted.put("body_sha256", base64(sha256(REFUND)));
        var address = "/v2/spotpay/cashiers:authorize_refund";
        wanted.put("pin", "97532");
        assertThat(send("POST", address, wanted, till(id, store), null).code())
                .isEqualTo("wrong_pin");
        wanted.put("pin", "97531");
        wanted.put("session", "spot_1");
        assertThat(send("POST", address, wanted, till(id, store), null).code())
                .isEqualTo("invalid_request");
        wanted.put("session", "spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB");
        wanted.put("body_sha256", "5.00");
        assertThat(send("POST", address, wanted, till(id, store), null).code())
                .isEqualTo("invalid_request");
        wanted.put("body_sha256", base64(sha256(REFUND)));

        var done = send("POST", address, wanted, till(id, store), null);

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        var proof = done.body().path("proof").asString();
        var shown = send("GET", "/v2/spotpay/device", null, till(id, store), null).body();
        assertThat(shown.path("shift")).isEqualTo(shift);
        var refund = "/v2/spotpay/sessions/spot_01JDC3VZ6Q8S7M2K4T9R5XN1AB/refunds";
        for (var twice = 0; twice < 2; twice++) { // An answer may be lost.
            var known = exchange(till.with(proof, "POST", refund, "key-1")).body();
            assertThat(known.path("scopes").toString()).contains("refunds:write");
            assertThat(known.path("cashier").asString()).isEqualTo(manager);
        }
        for (var other :
                List.of(
                        till.with(proof, "POST", refund, "key-2"),
                        till.with(proof, "POST", refund, null),
                        till.with(proof, "GET", refund, "key-1"),
                        till.asking(proof, refund, "{\"amount\":\"50.00\"}"),
                        till.asking(proof, refund, "{}"),
                        till.with(proof, "POST", refund.replace("1AB/", "1AC/"), "key-1"),
                        till.with(proof))) {
            var known = exchange(other).body();
            assertThat(known.path("scopes").toString()).doesNotContain("refunds:write");
            assertThat(known.path("cashier").asString()).isEqualTo(cashier);
        }
        // Who signs out takes it along, and so does a new PIN.
        send("POST", "/v2/spotpay/cashiers:sign_out", null, till(id, store), null);
        assertThat(
                        exchange(till.with(proof, "POST", refund, "key-1"))
                                .body()
                                .path("scopes")
                                .toString())
                .doesNotContain("refunds:write");
    }

    @Test
    void a_shift_goes_on_with_the_pin_and_ends_with_the_sign_out() {
        var device = device();
        var id = device.path("id").asString();
        var store = device.path("store").asString();
        pair(device.path("pairing_code").asString());
        var cashier = cashier(store, "1357");
        var first = signIn(id, store, cashier, "1357").body();
        assertThat(signIn(id, store, cashier, "1357").body().path("shift"))
                .isEqualTo(first.path("shift"));
        var proof = first.path("proof").asString();

        var shown = send("GET", "/v2/spotpay/device", null, till(id, store), null).body();
        assertThat(shown.path("shift")).isEqualTo(first.path("shift"));
        assertThat(shown.path("cashiers").toString()).contains("Mei").doesNotContain("pin");
        assertThat(shown.path("currency").asString()).isEqualTo("NZD");

        send("POST", "/v2/spotpay/cashiers:sign_out", null, till(id, store), null);

        assertThat(
                        jdbc.sql("select count(*) from cashier_proof where device_id = ?")
                                .param(id)
                                .query(Integer.class)
                                .single())
                .isZero();
        assertThat(proof).isNotEmpty();
        assertThat(signIn(id, store, cashier, "1357").body().path("shift").path("began_at"))
                .isNotEqualTo(first.path("shift").path("began_at"));
    }

    @Test
    void after_five_wrong_pins_even_the_right_one_has_to_wait() {
        var device = device();
        var id = device.path("id").asString();
        var store = device.path("store").asString();
        var cashier = cashier(store, "8642");
        for (var i = 0; i < 5; i++) {
            assertThat(signIn(id, store, cashier, "0000").code()).isEqualTo("wrong_pin");
        }

        assertThat(signIn(id, store, cashier, "8642").code()).isEqualTo("too_many_attempts");

        assertThat(post("/v2/cashiers/" + cashier + ":set_pin", Map.of("pin", "97531")).status())
                .isEqualTo(200);
        assertThat(signIn(id, store, cashier, "97531").status()).isEqualTo(200);
        assertThat(signIn(id, store, "cas_01JD0000000000000000000000", "0000").code())
                .isEqualTo("wrong_pin");
    }

    @Test
    void no_other_stores_till_locks_a_cashier_out() {
        var device = device();
        var store = device.path("store").asString();
        var cashier = cashier(store, "8642");
        var stranger = device();
        for (var i = 0; i < 15; i++) {
            assertThat(
                            signIn(
                                            stranger.path("id").asString(),
                                            stranger.path("store").asString(),
                                            cashier,
                                            "0000")
                                    .code())
                    .isEqualTo("wrong_pin");
        }
        assertThat(
                        signIn(
                                        stranger.path("id").asString(),
                                        stranger.path("store").asString(),
                                        cashier,
                                        "0000")
                                .code())
                .isEqualTo("too_many_attempts");

        assertThat(signIn(device.path("id").asString(), store, cashier, "8642").status())
                .isEqualTo(200);
    }

    @Test
    void a_right_pin_does_not_give_the_device_its_wrong_ones_back() {
        var device = device();
        var id = device.path("id").asString();
        var store = device.path("store").asString();
        var own = cashier(store, "1111");
        for (var i = 0; i < 14; i++) {
            assertThat(signIn(id, store, "cas_01JD0000000000000000000000", "0000").code())
                    .isEqualTo("wrong_pin");
            // It does not count itself, however often.
            assertThat(signIn(id, store, own, "1111").status()).isEqualTo(200);
        }
        assertThat(signIn(id, store, own, "0000").code()).isEqualTo("wrong_pin");

        assertThat(signIn(id, store, own, "1111").code()).isEqualTo("too_many_attempts");
    }

    @Test
    void a_pin_that_is_replaced_while_it_is_checked_proves_nothing() {
        var device = device();
        var id = device.path("id").asString();
        var store = device.path("store").asString();
        var cashier = cashier(store, "2580");
        var checked =
                jdbc.sql("select pin_hash from cashier where id = ?")
                        .param(cashier)
                        .query(String.class)
                        .single();
        var caller =
                new DeviceCaller(
                        MERCHANT,
                        Mode.TEST,
                        java.util.Set.of(),
                        "dk_test_x",
                        id,
                        store,
                        "Wharf",
                        java.time.ZoneId.of("Pacific/Auckland"),
                        null);
        post("/v2/cashiers/" + cashier + ":set_pin", Map.of("pin", "97531"));

        assertThatThrownBy(
                        () -> transactions.execute(_ -> cashiers.begin(caller, cashier, checked)))
                .hasMessageContaining("wrong_pin");

        assertThat(
                        jdbc.sql("select count(*) from cashier_proof where cashier_id = ?")
                                .param(cashier)
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    @Test
    void a_new_pin_waits_for_who_signs_in_by_the_old_one_and_takes_the_proof_away()
            throws Exception {
        var device = device();
        var id = device.path("id").asString();
        var store = device.path("store").asString();
        var cashier = cashier(store, "2580");
        try (var pool = Executors.newSingleThreadExecutor()) {
            var setting =
                    new java.util.concurrent.atomic.AtomicReference<
                            java.util.concurrent.Future<Answer>>();
            transactions.executeWithoutResult(_ -> {
                jdbc.sql("select id from cashier where id = ? for share")
                        .param(cashier)
                        .query(String.class)
                        .single();
                setting.set(
                        pool.submit(() ->
                                post(
                                        "/v2/cashiers/" + cashier + ":set_pin",
                                        Map.of("pin", "97531"))));
                await().until(() ->
                        jdbc.sql(
                                                "select count(*) from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())")
                                        .query(Integer.class)
                                        .single()
                                > 0);
                jdbc.sql(
                                "insert into cashier_proof (proof_hash, device_id, cashier_id, expires_at) values (?, ?, ?, now() + interval '10 minutes')")
                        .params(sha256(cashier), id, cashier)
                        .update();
            });
            assertThat(setting.get().get().status()).isEqualTo(200);
        }

        assertThat(
                        jdbc.sql("select count(*) from cashier_proof where cashier_id = ?")
                                .param(cashier)
                                .query(Integer.class)
                                .single())
                .isZero();
    }

    @Test
    void a_disabled_cashier_is_out_everywhere() {
        var device = device();
        var store = device.path("store").asString();
        var till = pair(device.path("pairing_code").asString());
        var cashier = cashier(store, "1122");
        var proof =
                signIn(device.path("id").asString(), store, cashier, "1122")
                        .body()
                        .path("proof")
                        .asString();

        assertThat(post("/v2/cashiers/" + cashier + ":disable", null).status()).isEqualTo(200);

        var known = exchange(till.with(proof)).body();
        assertThat(known.path("scopes").toString()).doesNotContain("refunds:write");
        assertThat(known.path("cashier").isNull()).isTrue();
        assertThat(signIn(device.path("id").asString(), store, cashier, "1122").code())
                .isEqualTo("wrong_pin");
        assertThat(post("/v2/cashiers/" + cashier + ":set_pin", Map.of("pin", "3344")).code())
                .isEqualTo("cashier_disabled");
    }

    @Test
    void a_cashier_of_another_store_or_merchant_does_not_sign_in_here() {
        var device = device();
        var elsewhere = cashier(store(), "5566");

        assertThat(
                        signIn(
                                        device.path("id").asString(),
                                        device.path("store").asString(),
                                        elsewhere,
                                        "5566")
                                .code())
                .isEqualTo("wrong_pin");
    }

    @Test
    void others_see_nothing_of_it_and_may_do_nothing_with_it() {
        var device = device();
        var cashier = cashier(device.path("store").asString(), "1234");
        for (var stranger :
                List.of(
                        token("mer_01JD0000000000000000000000", "test", ALL),
                        token(MERCHANT, "live", ALL))) {
            for (var address :
                    List.of(
                            "GET " + path(device),
                            "POST " + path(device) + ":revoke",
                            "POST " + path(device) + ":new_pairing_code",
                            "GET /v2/cashiers/" + cashier,
                            "POST /v2/cashiers/" + cashier + ":disable")) {
                var parts = address.split(" ", 2);
                assertThat(send(parts[0], parts[1], null, stranger, null).status())
                        .as(address)
                        .isEqualTo(404);
            }
            assertThat(
                            send(
                                            "POST",
                                            "/v2/devices",
                                            Map.of(
                                                    "store",
                                                    device.path("store").asString(),
                                                    "name",
                                                    "x"),
                                            stranger,
                                            "k")
                                    .code())
                    .isEqualTo("unknown_store");
        }
    }

    @Test
    void rights_are_asked_for() {
        var device = device();
        var store = device.path("store").asString();
        var reader = token(MERCHANT, "test", "devices:read");
        var writer = token(MERCHANT, "test", "devices:read", "devices:write");
        var cashier = Map.of("store", store, "name", "Mei", "pin", "1234");

        assertThat(send("GET", "/v2/devices", null, reader, null).status()).isEqualTo(200);
        assertThat(send("POST", path(device) + ":revoke", null, reader, null).status())
                .isEqualTo(403);
        assertThat(
                        send(
                                        "POST",
                                        "/v2/devices",
                                        Map.of("store", store, "name", "x"),
                                        reader,
                                        "k")
                                .status())
                .isEqualTo(403);
        // A PIN gives money back: whoever may not do that hands none out.
        assertThat(send("POST", "/v2/cashiers", cashier, writer, "k2").code())
                .isEqualTo("forbidden_scope");
        assertThat(
                        send("GET", "/v2/devices", null, token(MERCHANT, "test", "keys:read"), null)
                                .status())
                .isEqualTo(403);
        assertThat(send("GET", "/v2/devices", null, till("dev_x", store), null).status())
                .isEqualTo(403);
        var signed = pair(device.path("pairing_code").asString()).sign("GET", "/x", "?", "");
        assertThat(
                        send(
                                        "POST",
                                        "/internal/device-requests:exchange",
                                        signed,
                                        serviceToken("notify-service"),
                                        null)
                                .status())
                .isEqualTo(403);
    }

    @Test
    void only_a_till_asks_about_itself() {
        for (var address :
                List.of(
                        "GET /v2/spotpay/device",
                        "POST /v2/spotpay/cashiers:sign_in",
                        "POST /v2/spotpay/cashiers:authorize_refund",
                        "POST /v2/spotpay/cashiers:sign_out")) {
            var parts = address.split(" ", 2);
            assertThat(send(parts[0], parts[1], null, token(MERCHANT, "test", ALL), null).status())
                    .as(address)
                    .isEqualTo(401);
            assertThat(send(parts[0], parts[1], null, "nonsense", null).status())
                    .as(address)
                    .isEqualTo(401);
        }
        // What a token says of another merchant's or mode's till is nothing that exists.
        var device = device();
        var id = device.path("id").asString();
        var store = device.path("store").asString();
        for (var stranger :
                List.of(
                        tillOf("mer_01JD0000000000000000000000", "test", id, store),
                        tillOf(MERCHANT, "live", id, store))) {
            assertThat(send("GET", "/v2/spotpay/device", null, stranger, null).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void the_same_request_makes_one_device_and_does_not_show_its_code_again() {
        var wanted = Map.of("store", store(), "name", "Till 9");
        var token = token(MERCHANT, "test", ALL);
        var first = send("POST", "/v2/devices", wanted, token, "same-key").body();

        var again = send("POST", "/v2/devices", wanted, token, "same-key").body();

        assertThat(again.path("id")).isEqualTo(first.path("id"));
        assertThat(again.has("pairing_code")).isFalse();
        assertThat(
                        send(
                                        "POST",
                                        "/v2/devices",
                                        Map.of("store", wanted.get("store"), "name", "Other"),
                                        token,
                                        "same-key")
                                .code())
                .isEqualTo("idempotency_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123", "123456789", "12a4", "", "１２３４"})
    void a_pin_has_four_to_eight_digits(String pin) {
        assertThat(post("/v2/cashiers", Map.of("store", store(), "name", "Mei", "pin", pin)).code())
                .isEqualTo("invalid_request");
    }

    /** A paired device, as a point of sale would be written: see docs/api/devices.md. */
    record Till(String keyId, KeyPair keys) {

        Map<String, Object> sign(String method, String path, String query, String body) {
            return signAt(Instant.now().getEpochSecond(), method, path, query, body);
        }

        Map<String, Object> with(String proof) {
            var request = sign("POST", "/v2/spotpay/sessions", "?", "{}");
            request.put("cashier_proof", proof);
            return request;
        }

        Map<String, Object> with(
                String proof, String method, String path, @Nullable String idempotencyKey) {
            var request = sign(method, path, "?", REFUND);
            request.put("cashier_proof", proof);
            request.put("idempotency_key", idempotencyKey);
            return request;
        }

        Map<String, Object> asking(String proof, String path, String body) {
            var request = sign("POST", path, "?", body);
            request.put("cashier_proof", proof);
            request.put("idempotency_key", "key-1");
            return request;
        }

        Map<String, Object> signAt(
                long created, String method, String path, String query, String body) {
            var nonce = UUID.randomUUID().toString();
            var base =
                    """
                    "@method": %s
                    "@path": %s
                    "@query": %s
                    "content-digest": sha-256=:%s:
                    "@signature-params": ("@method" "@path" "@query" "content-digest");created=%d;nonce="%s";keyid="%s\"\
                    """
                            .formatted(
                                    method,
                                    path,
                                    query,
                                    base64(sha256(body)),
                                    created,
                                    nonce,
                                    keyId);
            var request = new HashMap<String, Object>();
            request.put("key_id", keyId);
            request.put("method", method);
            request.put("path", path);
            request.put("query", query);
            request.put("body_sha256", base64(sha256(body)));
            request.put("created", created);
            request.put("nonce", nonce);
            request.put("cashier_proof", null);
            try {
                var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
                signer.initSign(keys.getPrivate());
                signer.update(base.getBytes(StandardCharsets.US_ASCII));
                request.put("signature", base64(signer.sign()));
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
            return request;
        }
    }

    @Test
    void a_device_is_renamed_and_is_seen_to_the_minute() {
        var device = device();
        var till = pair(device.path("pairing_code").asString());
        assertThat(get(path(device)).body().path("last_seen_at").isNull()).isTrue();

        exchange(till.sign("GET", "/v2/spotpay/device", "?", ""));
        var seen = get(path(device)).body().path("last_seen_at").asString();
        assertThat(Instant.parse(seen)).isBetween(Instant.now().minusSeconds(30), Instant.now());
        exchange(till.sign("GET", "/v2/spotpay/device", "?", ""));
        assertThat(get(path(device)).body().path("last_seen_at").asString())
                .as("not written for every request")
                .isEqualTo(seen);
        jdbc.sql("update device set last_seen_at = now() - interval '2 minutes' where id = ?")
                .param(device.path("id").asString())
                .update();
        exchange(till.sign("GET", "/v2/spotpay/device", "?", ""));
        assertThat(Instant.parse(get(path(device)).body().path("last_seen_at").asString()))
                .isAfterOrEqualTo(Instant.parse(seen));

        assertThat(
                        send(
                                        "PATCH",
                                        path(device),
                                        Map.of("name", "Bar"),
                                        token(MERCHANT, "test", ALL),
                                        null)
                                .status())
                .isEqualTo(200);
        assertThat(get(path(device)).body().path("name").asString()).isEqualTo("Bar");
        assertThat(
                        send(
                                        "PATCH",
                                        path(device),
                                        Map.of("name", " "),
                                        token(MERCHANT, "test", ALL),
                                        null)
                                .status())
                .isEqualTo(400);
        assertThat(
                        send(
                                        "PATCH",
                                        path(device),
                                        Map.of("name", "x"),
                                        token("mer_other", "test", ALL),
                                        null)
                                .status())
                .isEqualTo(404);
    }

    @Test
    void limits_of_a_cashier_are_set_as_a_whole_and_told_in_their_order() {
        var cashier = cashier(store(), "2468");
        var limits = "/v2/cashiers/" + cashier + "/limits";
        var all = token(MERCHANT, "test", ALL);

        var limited =
                send(
                                "PUT",
                                limits,
                                Map.of("sale_limit", "500.00", "refund_limit", "0.00"),
                                all,
                                null)
                        .body();
        assertThat(limited.path("sale_limit").asString()).isEqualTo("500.00");
        assertThat(limited.path("refund_limit").asString()).isEqualTo("0.00");
        assertThat(limited.path("daily_sales_limit").isNull()).isTrue();
        assertThat(
                        send("PUT", limits, Map.of("daily_refunds_limit", "80.00"), all, null)
                                .body()
                                .path("sale_limit")
                                .isNull())
                .isTrue();
        for (var wrong : List.of("-1.00", "1.001", "x", "1000000000.00")) {
            assertThat(send("PUT", limits, Map.of("sale_limit", wrong), all, null).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        for (var scopes : List.of(new String[] {"devices:write"}, new String[] {"refunds:write"})) {
            assertThat(send("PUT", limits, Map.of(), token(MERCHANT, "test", scopes), null).code())
                    .isEqualTo("forbidden_scope");
        }
        assertThat(send("PUT", limits, Map.of(), token("mer_other", "test", ALL), null).status())
                .isEqualTo(404);
        assertThat(send("PUT", limits, Map.of(), token(MERCHANT, "live", ALL), null).status())
                .isEqualTo(404);
        post("/v2/cashiers/" + cashier + ":disable", null);
        post("/v2/cashiers/" + cashier + ":disable", null);
        assertThat(send("PUT", limits, Map.of(), all, null).code()).isEqualTo("cashier_disabled");

        var told =
                jdbc.sql(
                                "select version, data::text from outbox where subject = ? order by position")
                        .param(cashier)
                        .query((row, _) -> row.getLong(1) + " " + row.getString(2))
                        .list();
        assertThat(told).hasSize(3);
        assertThat(told.get(0)).startsWith("1 ").contains("\"sale_limit\":\"500.00\"");
        assertThat(told.get(1)).startsWith("2 ").contains("\"daily_refunds_limit\":\"80.00\"");
        assertThat(told.get(2)).startsWith("3 ").contains("\"status\":\"disabled\"");
        assertThat(told).noneMatch(each -> each.contains("Mei"));
    }

    private String store() {
        return post(
                        "/v2/stores",
                        Map.of(
                                "name",
                                "Wharf",
                                "address",
                                "1 Quay Street",
                                "time_zone",
                                "Pacific/Auckland"))
                .body()
                .path("id")
                .asString();
    }

    private JsonNode device() {
        return deviceOf(store());
    }

    private JsonNode deviceOf(String store) {
        var made = post("/v2/devices", Map.of("store", store, "name", "Till 1"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.body();
    }

    private Till paired() {
        return pair(device().path("pairing_code").asString());
    }

    private Till pair(String code) {
        var keys = keyPair();
        var answer = pairing(code, base64(keys.getPublic().getEncoded()), anyAddress());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new Till(answer.body().path("key_id").asString(), keys);
    }

    private static String anyAddress() {
        var random = java.util.concurrent.ThreadLocalRandom.current();
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private Answer tryToPair(String code) {
        return tryToPair(code, anyAddress());
    }

    private Answer tryToPair(String code, String address) {
        return pairing(code, base64(keyPair().getPublic().getEncoded()), address);
    }

    private Answer pairing(String code, String key, String address) {
        return http().post()
                .uri("/v2/devices:pair")
                .header("X-Forwarded-For", address)
                .contentType(MediaType.APPLICATION_JSON)
                .body(JSON.writeValueAsBytes(Map.of("pairing_code", code, "public_key", key)))
                .exchange((_, response) -> answer(response));
    }

    private String cashier(String store, String pin) {
        var made = post("/v2/cashiers", Map.of("store", store, "name", "Mei", "pin", pin));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).doesNotContain(pin);
        return made.body().path("id").asString();
    }

    private Answer signIn(String device, String store, String cashier, String pin) {
        return send(
                "POST",
                "/v2/spotpay/cashiers:sign_in",
                Map.of("cashier", cashier, "pin", pin),
                till(device, store),
                null);
    }

    private Answer exchange(Map<String, Object> signed) {
        return send(
                "POST",
                "/internal/device-requests:exchange",
                signed,
                serviceToken("gateway-service"),
                null);
    }

    private static String path(JsonNode device) {
        return "/v2/devices/" + device.path("id").asString();
    }

    private static KeyPair keyPair() {
        return keyPair("secp256r1");
    }

    private static KeyPair keyPair(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(String what) throws Exception {
        return switch (what) {
            case "secp384r1" -> base64(keyPair(what).getPublic().getEncoded());
            case "ed25519", "rsa" ->
                    base64(
                            KeyPairGenerator.getInstance(what)
                                    .generateKeyPair()
                                    .getPublic()
                                    .getEncoded());
            case "off the curve" -> {
                var encoded = keyPair().getPublic().getEncoded();
                encoded[encoded.length - 1] ^= 1;
                yield base64(encoded);
            }
            default -> "bm9uc2Vuc2U=";
        };
    }

    record Answer(int status, JsonNode body, String text, @Nullable String retryAfter) {

        String code() {
            return body.path("code").asString("");
        }
    }

    private Answer get(String path) {
        return send("GET", path, null, token(MERCHANT, "test", ALL), null);
    }

    private Answer post(String path, @Nullable Object body) {
        return send("POST", path, body, token(MERCHANT, "test", ALL), UUID.randomUUID().toString());
    }

    private Answer send(
            String method, String path, @Nullable Object body, String token, @Nullable String key) {
        var request =
                http().method(HttpMethod.valueOf(method))
                        .uri(path)
                        .headers(headers -> {
                            headers.setBearerAuth(token);
                            if (key != null) {
                                headers.set("Idempotency-Key", key);
                            }
                        });
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body));
        }
        return request.exchange((_, response) -> answer(response));
    }

    /** Not Apache's client: told to wait, it waits and tries again. */
    private RestClient http() {
        return RestClient.builder()
                .requestFactory(new JdkClientHttpRequestFactory())
                .baseUrl("http://localhost:" + port)
                .build();
    }

    private static Answer answer(org.springframework.http.client.ClientHttpResponse response)
            throws java.io.IOException {
        var text = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(
                response.getStatusCode().value(),
                text.startsWith("{") ? JSON.readTree(text) : JSON.createObjectNode(),
                text,
                response.getHeaders().getFirst("Retry-After"));
    }

    private static String token(String merchantId, String mode, String... scopes) {
        return sign(
                "gateway-service",
                claims(merchantId, mode).claim("typ", "merchant").claim("scopes", List.of(scopes)));
    }

    private static String till(String device, String store) {
        return tillOf(MERCHANT, "test", device, store);
    }

    private static String tillOf(String merchantId, String mode, String device, String store) {
        return sign(
                "gateway-service",
                claims(merchantId, mode)
                        .claim("typ", "device")
                        .claim("device", device)
                        .claim("store", store)
                        .claim("store_name", "Wharf")
                        .claim("time_zone", "Pacific/Auckland")
                        .claim("scopes", List.of("payments:read", "payments:write")));
    }

    private static JWTClaimsSet.Builder claims(String merchantId, String mode) {
        return new JWTClaimsSet.Builder()
                .subject(merchantId)
                .audience("ferrypay")
                .claim("mode", mode)
                .claim("key", "key_test");
    }

    private static String serviceToken(String service) {
        return sign(
                service,
                new JWTClaimsSet.Builder()
                        .subject(service)
                        .audience("merchant-service")
                        .claim("typ", "service"));
    }

    private static String sign(String service, JWTClaimsSet.Builder claims) {
        try {
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(service).build(),
                            claims.issuer(service)
                                    .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                    .build());
            jwt.sign(
                    new ECDSASigner(
                            ECKey.parse(Files.readString(folder.resolve(service + ".jwk")))));
            return jwt.serialize();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
        try (var pool = Executors.newFixedThreadPool(times)) {
            var results = new ArrayList<T>();
            var calls = new ArrayList<Callable<T>>();
            Arrays.asList(new Object[times]).forEach(_ -> calls.add(work));
            for (var future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}

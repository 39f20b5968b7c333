package io.ferrypay.local.demo;

import io.ferrypay.local.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A point of sale as a vendor would write it, with nothing but the JDK and a reader for JSON: it
 * makes its key, is paired by a code, and signs each request as {@code docs/api/devices.md} says.
 */
final class Terminal {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String platformUrl;
    private final KeyPair keys;
    private final String keyId;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();

    private Terminal(String platformUrl, KeyPair keys, String keyId, Clock clock) {
        this.platformUrl = platformUrl;
        this.keys = keys;
        this.keyId = keyId;
        this.clock = clock;
    }

    /**
     * Hands the public half of a fresh key over; a real terminal keeps the pair in its key store.
     */
    static Terminal pair(String platformUrl, String pairingCode, Web web) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            var paired =
                    web.call(
                            new Web.Caller.Nobody(),
                            "POST",
                            platformUrl + "/v2/devices:pair",
                            Map.of(
                                    "pairing_code",
                                    pairingCode,
                                    "public_key",
                                    Base64.getEncoder()
                                            .encodeToString(keys.getPublic().getEncoded())));
            return new Terminal(
                    platformUrl, keys, paired.path("key_id").asString(), Clock.systemUTC());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has P-256", e);
        }
    }

    String keyId() {
        return keyId;
    }

    JsonNode get(String address) {
        return call("GET", address, "", null, null);
    }

    /**
     * @param proof of a cashier, where money goes back
     */
    JsonNode post(String address, Map<String, ?> body, @Nullable String proof) {
        return call(
                "POST",
                address,
                json.writeValueAsString(body),
                UUID.randomUUID().toString(),
                proof);
    }

    private JsonNode call(
            String method,
            String address,
            String body,
            @Nullable String idempotencyKey,
            @Nullable String proof) {
        var digest = "sha-256=:" + base64(sha256(body)) + ":";
        var parameters =
                "(\"@method\" \"@path\" \"@query\" \"content-digest\");created=%d;nonce=\"%s\";keyid=\"%s\""
                        .formatted(clock.instant().getEpochSecond(), UUID.randomUUID(), keyId);
        var question = address.indexOf('?');
        var signed =
                String.join(
                        "\n",
                        "\"@method\": " + method,
                        "\"@path\": " + (question < 0 ? address : address.substring(0, question)),
                        "\"@query\": " + (question < 0 ? "?" : address.substring(question)),
                        "\"content-digest\": " + digest,
                        "\"@signature-params\": " + parameters);
        var request =
                HttpRequest.newBuilder(URI.create(platformUrl + address))
                        .timeout(PATIENCE)
                        .header("Content-Digest", digest)
                        .header("Signature-Input", "ferry=" + parameters)
                        .header("Signature", "ferry=:" + base64(sign(signed)) + ":")
                        .method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        if (proof != null) {
            request.header("Ferry-Cashier", proof);
        }
        try {
            var answer = http.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new Refusal(
                        method
                                + " "
                                + address
                                + " answered "
                                + answer.statusCode()
                                + " "
                                + answer.body());
            }
            return json.readTree(answer.body());
        } catch (IOException e) {
            throw new Refusal(method + " " + address + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.");
        }
    }

    private byte[] sign(String text) {
        try {
            var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
            signer.initSign(keys.getPrivate());
            signer.update(text.getBytes(StandardCharsets.UTF_8));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

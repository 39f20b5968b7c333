package io.ferrypay.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** The token by which one service of the platform knows another. */
final class ServiceToken {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int SECONDS = 60;

    private ServiceToken() {}

    /**
     * @param key of the service that asks; its id is the service's name
     */
    static String of(Path key, String audience) {
        try {
            var jwk = JSON.readTree(Files.readAllBytes(key));
            var name = jwk.path("kid").asString();
            var now = Instant.now().getEpochSecond();
            var unsigned =
                    encoded(Map.of("alg", "ES256", "kid", name))
                            + "."
                            + encoded(
                                    Map.of(
                                            "iss", name,
                                            "sub", name,
                                            "aud", audience,
                                            "typ", "service",
                                            "iat", now,
                                            "exp", now + SECONDS));
            var curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new ECPrivateKeySpec(
                                            new BigInteger(
                                                    1,
                                                    Base64.getUrlDecoder()
                                                            .decode(jwk.path("d").asString())),
                                            curve.getParameterSpec(ECParameterSpec.class))));
            signature.update(unsigned.getBytes(StandardCharsets.US_ASCII));
            return unsigned + "." + base64(signature.sign());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, Object> json) {
        return base64(JSON.writeValueAsBytes(json));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

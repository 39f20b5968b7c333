package io.ferrypay.paymentchannel;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.identity.KeyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Signs as the gateway and as job-service do. */
public final class TestTokens {

    private static final Path FOLDER = generate();

    private TestTokens() {}

    private static Path generate() {
        try {
            var folder = Files.createTempDirectory("ferry-keys");
            KeyFiles.generate(
                    folder,
                    List.of(
                            "gateway-service",
                            "job-service",
                            "reconcile-service",
                            "payment-channel-service"));
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Path file(String name) {
        return FOLDER.resolve(name);
    }

    public static String merchant(String merchantId, String mode, List<String> scopes) {
        return sign(
                "gateway-service",
                new JWTClaimsSet.Builder()
                        .issuer("gateway-service")
                        .subject(merchantId)
                        .audience("ferrypay")
                        .claim("typ", "merchant")
                        .claim("mode", mode)
                        .claim("scopes", scopes)
                        .claim("key", "key_01JDC3VZ6Q8S7M2K4T9R5XN1AB"));
    }

    /** Of somebody who is signed in to the portal and has just proven who they are. */
    public static String person(
            String merchantId, String mode, String personId, List<String> scopes) {
        return sign(
                "gateway-service",
                new JWTClaimsSet.Builder()
                        .issuer("gateway-service")
                        .subject(merchantId)
                        .audience("ferrypay")
                        .claim("typ", "merchant")
                        .claim("mode", mode)
                        .claim(
                                "scopes",
                                Stream.concat(scopes.stream(), Stream.of("portal:step_up"))
                                        .toList())
                        .claim("key", "ses_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                        .claim("person", personId));
    }

    /** Of a till of a store in Auckland. */
    public static String device(
            String merchantId,
            String mode,
            String deviceId,
            @Nullable String cashierId,
            List<String> scopes) {
        return sign(
                "gateway-service",
                new JWTClaimsSet.Builder()
                        .issuer("gateway-service")
                        .subject(merchantId)
                        .audience("ferrypay")
                        .claim("typ", "device")
                        .claim("mode", mode)
                        .claim("scopes", scopes)
                        .claim("key", "dk_" + mode + "_0123456789abcdefghijklmn")
                        .claim("device", deviceId)
                        .claim("store", "store_01JDC3VZ6Q8S7M2K4T9R5XN1AB")
                        .claim("store_name", "Viaduct")
                        .claim("time_zone", "Pacific/Auckland")
                        .claim("cashier", cashierId));
    }

    /** Of somebody of ours who has just shown a second factor. */
    public static String staff(String person, List<String> permissions) {
        return sign(
                "gateway-service",
                new JWTClaimsSet.Builder()
                        .issuer("gateway-service")
                        .subject("sta_of_" + person)
                        .audience("ferrypay")
                        .claim("typ", "staff")
                        .claim("person", person)
                        .claim("name", "Aroha")
                        .claim("permissions", permissions)
                        .claim("session", "ses_1")
                        .claim("stepped_up_at", Date.from(Instant.now()))
                        .claim("address", "192.0.2.7"));
    }

    public static String service(String name) {
        return sign(
                name,
                new JWTClaimsSet.Builder()
                        .issuer(name)
                        .subject(name)
                        .audience("payment-channel-service")
                        .claim("typ", "service"));
    }

    private static String sign(String issuer, JWTClaimsSet.Builder claims) {
        try {
            var key = ECKey.parse(Files.readString(FOLDER.resolve(issuer + ".jwk")));
            var now = Instant.now();
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(issuer).build(),
                            claims.issueTime(Date.from(now))
                                    .expirationTime(Date.from(now.plusSeconds(110)))
                                    .build());
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (IOException | ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

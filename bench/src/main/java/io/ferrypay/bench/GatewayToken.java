package io.ferrypay.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * Signs what the gateway would say of the demo shop, so that the payment service can be measured
 * without the gateway. Renewed before it expires.
 */
final class GatewayToken {

    private static final Duration LIFE = Duration.ofMinutes(4);

    private final Path keyFile;
    private final String merchantId;
    private String token = "";
    private Instant renewAt = Instant.MIN;

    GatewayToken(Path keyFile, String merchantId) {
        this.keyFile = keyFile;
        this.merchantId = merchantId;
    }

    synchronized String current() throws IOException {
        var now = Instant.now();
        if (now.isAfter(renewAt)) {
            token = sign(now);
            renewAt = now.plus(LIFE.dividedBy(2));
        }
        return token;
    }

    private String sign(Instant now) throws IOException {
        try {
            var key = ECKey.parse(Files.readString(keyFile));
            var claims =
                    new JWTClaimsSet.Builder()
                            .issuer("gateway-service")
                            .subject(merchantId)
                            .audience("ferrypay")
                            .claim("typ", "merchant")
                            .claim("mode", "test")
                            .claim("scopes", List.of("payments:read", "payments:write"))
                            .claim("key", "key_bench")
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(LIFE)))
                            .build();
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                            claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException | ParseException e) {
            throw new IOException("The gateway's key in " + keyFile + " can't be used", e);
        }
    }
}

package io.ferrypay.local.demo;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.ferrypay.identity.InternalTokens;
import io.ferrypay.local.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Signs as services of this machine do, with their keys: only whoever runs it can. */
final class Insider {

    private static final Duration LIFE = Duration.ofMinutes(2);

    private final Path keys;

    /**
     * @param keys the folder of this machine's identity keys
     */
    Insider(Path keys) {
        this.keys = keys;
    }

    /** What job-service would show that service. */
    String toService(String audience) {
        return new InternalTokens(key("job-service"), Clock.systemUTC()).forService(audience);
    }

    /** What the gateway would say of a colleague who has just proven who they are. */
    String ofColleague(String account, String person, List<String> permissions) {
        try {
            var now = Instant.now();
            var token =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256)
                                    .keyID("gateway-service")
                                    .build(),
                            new JWTClaimsSet.Builder()
                                    .issuer("gateway-service")
                                    .subject(account)
                                    .audience("ferrypay")
                                    .claim("typ", "staff")
                                    .claim("person", person)
                                    .claim("name", "Demo")
                                    .claim("permissions", permissions)
                                    .claim("session", "ses_demo")
                                    .claim("stepped_up_at", Date.from(now))
                                    .claim("address", "127.0.0.1")
                                    .issueTime(Date.from(now))
                                    .expirationTime(Date.from(now.plus(LIFE)))
                                    .build());
            token.sign(new ECDSASigner(key("gateway-service")));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private ECKey key(String service) {
        var file = keys.resolve(service + ".jwk");
        try {
            return ECKey.parse(Files.readString(file));
        } catch (IOException | ParseException _) {
            throw new Refusal("The key " + file + " can't be read.");
        }
    }
}

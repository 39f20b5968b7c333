package io.ferrypay.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signs what this service says of itself to others. A token lives two minutes and is used again for
 * half of that, so signing costs next to nothing.
 */
public final class InternalTokens {

    static final Duration SERVICE_TOKEN_LIFE = Duration.ofMinutes(2);

    private final ECKey key;
    private final JWSSigner signer;
    private final Clock clock;
    private final Map<String, Issued> issued = new ConcurrentHashMap<>();

    private record Issued(String token, Instant renewAt) {}

    /** The key's id is the name of this service. */
    public InternalTokens(ECKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
        try {
            this.signer = new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("The private key of this service can't sign", e);
        }
    }

    /** A token that the named service accepts on its internal paths. */
    public String forService(String audience) {
        var now = clock.instant();
        return issued.compute(
                        audience,
                        (_, known) ->
                                known != null && now.isBefore(known.renewAt())
                                        ? known
                                        : issue(audience, now))
                .token();
    }

    private Issued issue(String audience, Instant now) {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(key.getKeyID())
                        .subject(key.getKeyID())
                        .audience(audience)
                        .claim(TokenVerifier.TYPE, TokenVerifier.SERVICE)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(SERVICE_TOKEN_LIFE)))
                        .build();
        return new Issued(sign(claims), now.plus(SERVICE_TOKEN_LIFE.dividedBy(2)));
    }

    String sign(JWTClaimsSet claims) {
        try {
            var jwt =
                    new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                            claims);
            jwt.sign(signer);
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Signing failed", e);
        }
    }
}

package io.ferrypay.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Signs (ES256) what the gateway says to the services: for whom it speaks, or that it is itself.
 */
@Component
class InternalTokens {

    private static final String SELF = "gateway-service";

    /** Long enough for a remembered key (30 s) and a held request; services take at most 5 min. */
    private static final Duration MERCHANT_TOKEN_LIFE = Duration.ofMinutes(2);

    private static final Duration STAFF_TOKEN_LIFE = Duration.ofMinutes(1);
    private static final Duration SERVICE_TOKEN_LIFE = Duration.ofMinutes(2);

    private record Issued(String token, Instant renewAt) {}

    private final JWSHeader header;
    private final JWSSigner signer;
    private final Clock clock;
    private final Map<String, Issued> own = new ConcurrentHashMap<>();

    InternalTokens(@Value("${ferry.identity.private-key}") Path privateKey, Clock clock) {
        var key = read(privateKey);
        this.header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build();
        try {
            this.signer = new ECDSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("The gateway's private key can't sign", e);
        }
        this.clock = clock;
    }

    /**
     * @param personId who is signed in to the portal; null for an API key
     */
    String forMerchant(
            String merchantId,
            String mode,
            Set<String> scopes,
            String keyId,
            @Nullable String personId) {
        return sign(
                claims(merchantId, "ferrypay", MERCHANT_TOKEN_LIFE)
                        .claim("typ", "merchant")
                        .claim("mode", mode)
                        .claim("scopes", scopes.stream().sorted().toList())
                        .claim("key", keyId)
                        .claim("person", personId)
                        .build());
    }

    /** For one request of a till. */
    String forDevice(MerchantServiceKeys.DeviceAnswer device) {
        return sign(
                claims(device.merchantId(), "ferrypay", MERCHANT_TOKEN_LIFE)
                        .claim("typ", "device")
                        .claim("mode", device.mode())
                        .claim("scopes", device.scopes().stream().sorted().toList())
                        .claim("key", device.keyId())
                        .claim("device", device.device())
                        .claim("store", device.store())
                        .claim("store_name", device.storeName())
                        .claim("time_zone", device.timeZone())
                        .claim("cashier", device.cashier())
                        .build());
    }

    /** For one request of one of our staff; never kept. */
    String forStaff(TradeAdminStaff.Answer staff, String address) {
        return sign(
                claims(staff.account(), "ferrypay", STAFF_TOKEN_LIFE)
                        .claim("typ", "staff")
                        .claim("person", staff.person())
                        .claim("name", staff.name())
                        .claim("permissions", staff.permissions().stream().sorted().toList())
                        .claim("session", staff.sessionId())
                        .claim("stepped_up_at", Date.from(staff.steppedUpAt()))
                        .claim("address", address)
                        .build());
    }

    /** What merchant-service wants to see before it looks at a key. */
    String forMerchantService() {
        return forService("merchant-service");
    }

    /** What a service wants to see before it answers the gateway itself. */
    String forService(String audience) {
        var now = clock.instant();
        return own.compute(
                        audience,
                        (_, known) ->
                                known != null && now.isBefore(known.renewAt())
                                        ? known
                                        : new Issued(
                                                sign(
                                                        claims(SELF, audience, SERVICE_TOKEN_LIFE)
                                                                .claim("typ", "service")
                                                                .build()),
                                                now.plus(SERVICE_TOKEN_LIFE.dividedBy(2))))
                .token();
    }

    private JWTClaimsSet.Builder claims(String subject, String audience, Duration life) {
        var now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(SELF)
                .subject(subject)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)));
    }

    private String sign(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Signing failed", e);
        }
    }

    private static ECKey read(Path file) {
        try {
            var key = ECKey.parse(Files.readString(file));
            if (!SELF.equals(key.getKeyID())) {
                throw new IllegalStateException(
                        "The key in " + file + " belongs to " + key.getKeyID());
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("The gateway's private key can't be read", e);
        } catch (ParseException e) {
            throw new IllegalStateException("The gateway's private key is not a JWK", e);
        }
    }
}

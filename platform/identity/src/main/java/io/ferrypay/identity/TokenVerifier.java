package io.ferrypay.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides who a token speaks for. Only the gateway may speak for a merchant or for staff; a service
 * may speak for itself, to the audience it names. A verified token is remembered until it expires,
 * because the same one comes with thousands of requests.
 */
final class TokenVerifier {

    static final String TYPE = "typ";
    static final String SERVICE = "service";
    static final String MERCHANT = "merchant";
    static final String DEVICE = "device";
    static final String STAFF = "staff";
    static final String GATEWAY = "gateway-service";
    static final String PLATFORM_AUDIENCE = "ferrypay";

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(6);
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_TOKEN = 4096;

    private final String audience;
    private final Map<String, JWSVerifier> verifiers;
    private final Clock clock;
    private final Map<String, Verified> remembered =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(256, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
                            return size() > REMEMBERED;
                        }
                    });

    /**
     * @param caller a {@link MerchantCaller}, {@link DeviceCaller}, {@link StaffCaller} or {@link
     *     ServiceCaller}
     */
    record Verified(Object caller, Instant expiresAt) {}

    TokenVerifier(String audience, List<ECKey> trusted, Clock clock) {
        this.audience = audience;
        this.clock = clock;
        this.verifiers =
                trusted.stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        ECKey::getKeyID, TokenVerifier::verifierOf));
    }

    private static JWSVerifier verifierOf(ECKey key) {
        try {
            return new ECDSAVerifier(key);
        } catch (JOSEException e) {
            throw new IllegalStateException("A trusted key can't verify", e);
        }
    }

    Verified verify(String token) throws InvalidToken {
        if (token.length() > LONGEST_TOKEN) {
            throw new InvalidToken("too long");
        }
        var known = remembered.get(token);
        if (known == null) {
            known = check(token);
            remembered.put(token, known);
        }
        if (clock.instant().isAfter(known.expiresAt())) {
            remembered.remove(token);
            throw new InvalidToken("expired");
        }
        return known;
    }

    private Verified check(String token) throws InvalidToken {
        try {
            var jwt = SignedJWT.parse(token);
            var issuer = jwt.getHeader().getKeyID();
            var verifier = issuer == null ? null : verifiers.get(issuer);
            if (verifier == null
                    || !JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                    || !jwt.verify(verifier)) {
                throw new InvalidToken("not signed by a trusted key");
            }
            return read(jwt.getJWTClaimsSet(), issuer);
        } catch (ParseException | JOSEException e) {
            throw new InvalidToken("not a token");
        }
    }

    private Verified read(JWTClaimsSet claims, String issuer) throws InvalidToken, ParseException {
        if (!issuer.equals(claims.getIssuer())) {
            throw new InvalidToken("issued in another's name");
        }
        var expires = claims.getExpirationTime();
        if (expires == null || expires.toInstant().isAfter(clock.instant().plus(LONGEST_LIFE))) {
            throw new InvalidToken("lives too long");
        }
        var type = claims.getStringClaim(TYPE);
        var caller =
                switch (type == null ? "" : type) {
                    case MERCHANT -> merchant(claims, issuer);
                    case DEVICE -> device(claims, issuer);
                    case STAFF -> staff(claims, issuer);
                    case SERVICE -> service(claims, issuer);
                    default -> throw new InvalidToken("of no known type");
                };
        return new Verified(caller, expires.toInstant().plus(SKEW));
    }

    private static MerchantCaller merchant(JWTClaimsSet claims, String issuer)
            throws InvalidToken, ParseException {
        if (!GATEWAY.equals(issuer) || !claims.getAudience().contains(PLATFORM_AUDIENCE)) {
            throw new InvalidToken("only the gateway speaks for merchants");
        }
        var scopes = claims.getStringListClaim("scopes");
        return new MerchantCaller(
                present(claims.getSubject()),
                mode(claims),
                scopes == null ? Set.of() : Set.copyOf(scopes),
                present(claims.getStringClaim("key")),
                claims.getStringClaim("person"));
    }

    private static DeviceCaller device(JWTClaimsSet claims, String issuer)
            throws InvalidToken, ParseException {
        var merchant = merchant(claims, issuer);
        return new DeviceCaller(
                merchant.merchantId(),
                merchant.mode(),
                merchant.scopes(),
                merchant.keyId(),
                present(claims.getStringClaim("device")),
                present(claims.getStringClaim("store")),
                present(claims.getStringClaim("store_name")),
                timeZone(claims),
                claims.getStringClaim("cashier"));
    }

    private static StaffCaller staff(JWTClaimsSet claims, String issuer)
            throws InvalidToken, ParseException {
        if (!GATEWAY.equals(issuer) || !claims.getAudience().contains(PLATFORM_AUDIENCE)) {
            throw new InvalidToken("only the gateway speaks for staff");
        }
        var permissions = claims.getStringListClaim("permissions");
        var steppedUpAt = claims.getDateClaim("stepped_up_at");
        return new StaffCaller(
                present(claims.getSubject()),
                present(claims.getStringClaim("person")),
                present(claims.getStringClaim("name")),
                permissions == null ? Set.of() : Set.copyOf(permissions),
                present(claims.getStringClaim("session")),
                steppedUpAt == null ? Instant.EPOCH : steppedUpAt.toInstant(),
                present(claims.getStringClaim("address")));
    }

    private static ZoneId timeZone(JWTClaimsSet claims) throws InvalidToken, ParseException {
        try {
            return ZoneId.of(present(claims.getStringClaim("time_zone")));
        } catch (DateTimeException _) {
            throw new InvalidToken("of no known time zone");
        }
    }

    private static Mode mode(JWTClaimsSet claims) throws InvalidToken, ParseException {
        try {
            return Mode.of(present(claims.getStringClaim("mode")));
        } catch (IllegalArgumentException _) {
            throw new InvalidToken("of no known mode");
        }
    }

    private ServiceCaller service(JWTClaimsSet claims, String issuer) throws InvalidToken {
        if (!Objects.equals(issuer, claims.getSubject())
                || !claims.getAudience().contains(audience)) {
            throw new InvalidToken("meant for another service");
        }
        return new ServiceCaller(issuer);
    }

    private static String present(@Nullable String claim) throws InvalidToken {
        if (claim == null || claim.isBlank()) {
            throw new InvalidToken("incomplete");
        }
        return claim;
    }
}

package io.ferrypay.merchant.signin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.f4b6a3.ulid.UlidCreator;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.CollectedClientData;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.VerificationException;
import io.ferrypay.merchant.signin.AccountNotices.Change;
import io.ferrypay.merchant.signin.PasskeyChallenges.Purpose;
import io.ferrypay.merchant.team.PortalUser;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.signin.SecondFactors;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keys that a person's devices hold and prove by (WebAuthn Level 3). The device asks for its own
 * PIN, finger or face each time, so one proof is worth the password and a second factor.
 *
 * <p>Which make of device it is is not asked for (attestation {@code none}). A counter that does
 * not grow means that there may be a copy: the passkey opens nothing any more.
 */
@Service
public class Passkeys {

    private static final Logger log = LoggerFactory.getLogger(Passkeys.class);

    private static final int MOST = 10;
    private static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final JdbcClient jdbc;
    private final PasskeyChallenges challenges;
    private final PortalFactors factors;
    private final SecondFactors codes;
    private final AccountNotices notices;
    private final Clock clock;
    private final TransactionTemplate transactions;
    private final String rpId;
    private final Set<Origin> origins;
    private final WebAuthnManager webAuthn;
    private final AttestedCredentialDataConverter credentials;

    Passkeys(
            JdbcClient jdbc,
            PasskeyChallenges challenges,
            PortalFactors factors,
            SecondFactors codes,
            AccountNotices notices,
            PasskeyProperties properties,
            @Value("${ferry.public-url}") URI publicUrl,
            Clock clock,
            TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.challenges = challenges;
        this.factors = factors;
        this.codes = codes;
        this.notices = notices;
        this.clock = clock;
        this.transactions = transactions;
        this.rpId = properties.rpId(publicUrl);
        this.origins =
                properties.origins(publicUrl).stream()
                        .map(Origin::create)
                        .collect(Collectors.toUnmodifiableSet());
        var converter = new ObjectConverter();
        this.webAuthn = WebAuthnManager.createNonStrictWebAuthnManager(converter);
        this.credentials = new AttestedCredentialDataConverter(converter);
    }

    /**
     * @param backup whether the device may copy it to the person's others
     * @param doubtedAt since when it opens nothing, because there may be a copy of it
     * @param unprovenSince since when it opens nothing without the password, because that was reset
     *     and the passkey was not shown since
     */
    @Schema(name = "Passkey")
    public record Passkey(
            String id,
            String name,
            boolean backup,
            Instant createdAt,
            @Nullable Instant lastUsedAt,
            @Nullable Instant doubtedAt,
            @Nullable Instant unprovenSince) {}

    /**
     * What a browser needs to make a key, in the names of WebAuthn's {@code
     * PublicKeyCredentialCreationOptionsJSON}.
     */
    @Schema(name = "PasskeyCreation")
    public record Creation(
            Rp rp,
            User user,
            String challenge,
            @JsonProperty("pubKeyCredParams") List<Parameter> pubKeyCredParams,
            long timeout,
            @JsonProperty("excludeCredentials") List<Descriptor> excludeCredentials,
            @JsonProperty("authenticatorSelection") Selection authenticatorSelection,
            String attestation) {}

    @Schema(name = "PasskeyRp")
    public record Rp(String id, String name) {}

    @Schema(name = "PasskeyUser")
    public record User(String id, String name, @JsonProperty("displayName") String displayName) {}

    @Schema(name = "PasskeyParameter")
    public record Parameter(String type, long alg) {}

    @Schema(name = "PasskeyDescriptor")
    public record Descriptor(String type, String id) {}

    @Schema(name = "PasskeySelection")
    public record Selection(
            @JsonProperty("residentKey") String residentKey,
            @JsonProperty("requireResidentKey") boolean requireResidentKey,
            @JsonProperty("userVerification") String userVerification) {}

    /** What a browser needs to have a key prove something. */
    @Schema(name = "PasskeyRequest")
    public record Request(
            String challenge,
            long timeout,
            @JsonProperty("rpId") String rpId,
            @JsonProperty("allowCredentials") List<Descriptor> allowCredentials,
            @JsonProperty("userVerification") String userVerification) {}

    /**
     * @param recoveryCodes fresh ones for who had no second factor before; shown this once
     */
    public record Registered(Passkey passkey, List<String> recoveryCodes) {

        @Override
        public String toString() {
            return "Registered[" + passkey.id() + "]";
        }
    }

    private record Stored(
            String id,
            String userId,
            AttestedCredentialData credential,
            long counter,
            boolean backup,
            boolean unproven) {}

    public List<Passkey> of(String userId) {
        return jdbc.sql(
                        "select id, name, backup, created_at, last_used_at, doubted_at, unproven_since from passkey where user_id = ? order by created_at, id")
                .param(userId)
                .query((row, _) ->
                        new Passkey(
                                row.getString("id"),
                                row.getString("name"),
                                row.getBoolean("backup"),
                                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                                instant(row.getObject("last_used_at", OffsetDateTime.class)),
                                instant(row.getObject("doubted_at", OffsetDateTime.class)),
                                instant(row.getObject("unproven_since", OffsetDateTime.class))))
                .list();
    }

    /** Devices that hold one already are told, so that none gets two. */
    public Creation offer(PortalUser user) {
        return new Creation(
                new Rp(rpId, "FerryPay"),
                new User(
                        BASE64.encodeToString(user.id().getBytes(StandardCharsets.UTF_8)),
                        user.email(),
                        user.name()),
                BASE64.encodeToString(challenges.make(Purpose.REGISTER, user.id())),
                ALGORITHMS.stream().map(alg -> new Parameter("public-key", alg)).toList(),
                PasskeyChallenges.LIFE.toMillis(),
                descriptors(user.id()),
                new Selection("required", true, "required"),
                "none");
    }

    /**
     * Refuses with 401 {@code wrong_passkey} what is not the answer to the person's newest offer,
     * 409 {@code passkey_exists} and {@code too_many_passkeys}.
     *
     * @param answer {@code RegistrationResponseJSON}, as the browser made it
     */
    public Registered register(String userId, String name, String answer) {
        var data = registration(answer, userId);
        var authenticator = present(data.getAttestationObject()).getAuthenticatorData();
        var attested = present(authenticator.getAttestedCredentialData());
        var id = "pk_" + UlidCreator.getMonotonicUlid();
        return transactions.execute(_ -> {
            // One at a time for a person: the count below must hold.
            jdbc.sql("select id from portal_user where id = ? for update")
                    .param(userId)
                    .query(String.class)
                    .single();
            if (of(userId).size() >= MOST) {
                throw ApiException.of(PortalProblems.TOO_MANY_PASSKEYS);
            }
            var first = !factors.isOn(userId);
            try {
                jdbc.sql(
                                "insert into passkey (id, user_id, credential_id, credential, counter, backup, name, created_at) values (?, ?, ?, ?, ?, ?, ?, ?)")
                        .params(
                                id,
                                userId,
                                BASE64.encodeToString(attested.getCredentialId()),
                                credentials.convert(attested),
                                authenticator.getSignCount(),
                                authenticator.isFlagBE(),
                                name,
                                clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
            } catch (DuplicateKeyException _) {
                throw ApiException.of(PortalProblems.PASSKEY_EXISTS);
            }
            notices.tell(userId, Change.PASSKEY_ADDED, name, id);
            return new Registered(
                    find(userId, id), first ? codes.freshRecoveryCodes(userId) : List.of());
        });
    }

    private RegistrationData registration(String answer, String userId) {
        try {
            var data = read(answer, webAuthn::parseRegistrationResponseJSON);
            var server = asked(data.getCollectedClientData(), Purpose.REGISTER, userId);
            return webAuthn.verify(
                    data,
                    new RegistrationParameters(
                            server,
                            ALGORITHMS.stream()
                                    .map(alg ->
                                            new PublicKeyCredentialParameters(
                                                    PublicKeyCredentialType.PUBLIC_KEY,
                                                    COSEAlgorithmIdentifier.create(alg)))
                                    .toList(),
                            true,
                            true));
        } catch (VerificationException e) {
            throw wrong(e);
        }
    }

    public Passkey rename(String userId, String id, String name) {
        jdbc.sql("update passkey set name = ? where id = ? and user_id = ?")
                .params(name, id, userId)
                .update();
        return find(userId, id);
    }

    /** Refuses with 409 {@code last_second_factor} where the person's role must have one. */
    public void remove(String userId, String id) {
        transactions.executeWithoutResult(_ -> {
            var name = find(userId, id).name();
            factors.refuseToLoseLast(
                    userId,
                    () -> {
                        if (jdbc.sql("delete from passkey where id = ? and user_id = ?")
                                        .params(id, userId)
                                        .update()
                                == 0) {
                            throw ApiException.of(CommonProblems.NOT_FOUND);
                        }
                    });
            notices.tell(userId, Change.PASSKEY_REMOVED, name, null);
        });
    }

    private Passkey find(String userId, String id) {
        return of(userId).stream()
                .filter(passkey -> passkey.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /**
     * @param userId whose passkeys will do; null for anybody's, which the device then names itself
     */
    public Request askToSignIn(@Nullable String userId) {
        return request(
                challenges.make(Purpose.SIGN_IN, null),
                userId == null ? List.of() : descriptors(userId));
    }

    public Request askToStepUp(String userId) {
        return request(challenges.make(Purpose.STEP_UP, userId), descriptors(userId));
    }

    private Request request(byte[] challenge, List<Descriptor> allowed) {
        return new Request(
                BASE64.encodeToString(challenge),
                PasskeyChallenges.LIFE.toMillis(),
                rpId,
                allowed,
                "required");
    }

    private List<Descriptor> descriptors(String userId) {
        return jdbc.sql("select credential_id from passkey where user_id = ? order by created_at")
                .param(userId)
                .query((row, _) -> new Descriptor("public-key", row.getString(1)))
                .list();
    }

    /**
     * After a reset of the password: each has to be shown together with the new one before it opens
     * the account alone again. In the caller's transaction.
     */
    void askForProof(String userId) {
        jdbc.sql(
                        "update passkey set unproven_since = ? where user_id = ? and unproven_since is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), userId)
                .update();
    }

    /**
     * Refuses with 401 {@code wrong_passkey}, and with 403 {@code password_first} one that was not
     * shown since the password was reset.
     *
     * @param answer {@code AuthenticationResponseJSON}, as the browser made it
     * @param byPassword who showed the password right before; null where nobody did
     * @return whose it is
     */
    public String signIn(String answer, @Nullable String byPassword) {
        var shown = prove(answer, Purpose.SIGN_IN, null);
        if (shown.unproven() && !shown.userId().equals(byPassword)) {
            throw ApiException.of(PortalProblems.PASSWORD_FIRST);
        }
        trust(shown);
        return shown.userId();
    }

    /** Refuses with 401 {@code wrong_passkey}, also another person's. */
    public void stepUp(String userId, String answer) {
        trust(prove(answer, Purpose.STEP_UP, userId));
    }

    /** The password, or a session that began with it, vouches for it. */
    private void trust(Stored stored) {
        if (stored.unproven()) {
            jdbc.sql("update passkey set unproven_since = null where id = ?")
                    .param(stored.id())
                    .update();
        }
    }

    private Stored prove(String answer, Purpose purpose, @Nullable String userId) {
        try {
            var data = read(answer, webAuthn::parseAuthenticationResponseJSON);
            var server = asked(data.getCollectedClientData(), purpose, userId);
            var credentialId = data.getCredentialId();
            if (credentialId == null) {
                throw ApiException.of(PortalProblems.WRONG_PASSKEY);
            }
            var stored = stored(BASE64.encodeToString(credentialId));
            var handle = data.getUserHandle();
            if ((userId != null && !userId.equals(stored.userId()))
                    || (handle != null
                            && handle.length > 0
                            && !stored.userId()
                                    .equals(new String(handle, StandardCharsets.UTF_8)))) {
                throw ApiException.of(PortalProblems.WRONG_PASSKEY);
            }
            verify(data, server, stored);
            return stored;
        } catch (VerificationException e) {
            throw wrong(e);
        }
    }

    private Stored stored(String credentialId) {
        return jdbc.sql(
                        "select id, user_id, credential, counter, backup, unproven_since is not null from passkey where credential_id = ? and doubted_at is null")
                .param(credentialId)
                .query((row, _) ->
                        new Stored(
                                row.getString(1),
                                row.getString(2),
                                credentials.convert(row.getBytes(3)),
                                row.getLong(4),
                                row.getBoolean(5),
                                row.getBoolean(6)))
                .optional()
                .orElseThrow(() -> ApiException.of(PortalProblems.WRONG_PASSKEY));
    }

    private void verify(AuthenticationData data, ServerProperty server, Stored stored) {
        try {
            webAuthn.verify(
                    data, new AuthenticationParameters(server, record(stored), null, true, true));
        } catch (MaliciousCounterValueException _) {
            doubt(stored);
        }
        var counter = present(data.getAuthenticatorData()).getSignCount();
        // Devices that count nothing always say 0. Of two proofs with one count, one is a copy's.
        var used =
                jdbc.sql(
                                "update passkey set counter = ?, last_used_at = ? where id = ? and doubted_at is null and (counter < ? or (counter = 0 and ? = 0))")
                        .params(
                                counter,
                                clock.instant().atOffset(ZoneOffset.UTC),
                                stored.id(),
                                counter,
                                counter)
                        .update();
        if (used == 0) {
            doubt(stored);
        }
    }

    private CredentialRecord record(Stored stored) {
        return new CredentialRecordImpl(
                new NoneAttestationStatement(),
                true,
                stored.backup(),
                null,
                stored.counter(),
                stored.credential(),
                null,
                null,
                null,
                null);
    }

    private void doubt(Stored stored) {
        jdbc.sql("update passkey set doubted_at = ? where id = ? and doubted_at is null")
                .params(clock.instant().atOffset(ZoneOffset.UTC), stored.id())
                .update();
        log.warn(
                "The counter of passkey {} fell: there may be a copy, it is taken no more",
                stored.id());
        throw ApiException.of(PortalProblems.WRONG_PASSKEY);
    }

    /** The challenge is used up before anything is looked at. */
    private ServerProperty asked(
            @Nullable CollectedClientData client, Purpose purpose, @Nullable String userId) {
        if (client == null
                || client.getChallenge() == null
                || !challenges.take(client.getChallenge().getValue(), purpose, userId)) {
            throw ApiException.of(PortalProblems.WRONG_PASSKEY);
        }
        return ServerProperty.builder()
                .origins(origins)
                .rpId(rpId)
                .challenge(new DefaultChallenge(client.getChallenge().getValue()))
                .build();
    }

    /** The library stumbles over some of what strangers may send: fields that are missing, say. */
    private static <T> T read(String answer, Function<String, T> reader) {
        try {
            return reader.apply(answer);
        } catch (RuntimeException e) {
            throw wrong(e);
        }
    }

    /** The library's message may quote what was sent; its kind may not. */
    private static ApiException wrong(RuntimeException e) {
        log.info("A passkey was refused: {}", e.getClass().getSimpleName());
        return ApiException.of(PortalProblems.WRONG_PASSKEY);
    }

    /** The library leaves out what was not sent. */
    private static <T> T present(@Nullable T part) {
        if (part == null) {
            throw ApiException.of(PortalProblems.WRONG_PASSKEY);
        }
        return part;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}

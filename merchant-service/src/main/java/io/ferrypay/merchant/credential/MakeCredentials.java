package io.ferrypay.merchant.credential;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.events.Event;
import io.ferrypay.events.Outbox;
import io.ferrypay.identity.Mode;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Makes, rolls and revokes API keys. Each change and its event are one transaction. */
@Service
public class MakeCredentials {

    private static final String AFTER_ALL = "key_~";

    private final Credentials credentials;
    private final SpentKeys spentKeys;
    private final Outbox outbox;
    private final JsonMapper json;
    private final Clock clock;

    MakeCredentials(
            Credentials credentials,
            SpentKeys spentKeys,
            Outbox outbox,
            JsonMapper json,
            Clock clock) {
        this.credentials = credentials;
        this.spentKeys = spentKeys;
        this.outbox = outbox;
        this.json = json;
        this.clock = clock;
    }

    /** A fresh key with its secret, which nobody can read again later. */
    public record Made(Credential credential, String secret) {}

    /**
     * Makes a key once for an idempotency key.
     *
     * <p>A repeat can't show the secret again, because only its hash is kept; it is refused with
     * 409 {@code secret_already_shown} and the id of the key, so that the caller can revoke it and
     * start over.
     */
    @Transactional
    public Made make(String merchantId, NewCredential wanted, IdempotentRequest request) {
        spentKeys.refuseRepeat(merchantId, wanted.mode(), request);
        var made = save(merchantId, wanted, Secret.random(wanted.kind(), wanted.mode()), null);
        spentKeys.spend(merchantId, wanted.mode(), request, made.credential().id());
        tell("api_key.created", made.credential(), 1);
        return made;
    }

    /** A secret for {@link #adopt}. */
    public static String randomSecret(CredentialKind kind, Mode mode) {
        return Secret.random(kind, mode).reveal();
    }

    /** For a key whose secret was made elsewhere; does nothing when it exists. */
    @Transactional
    public void adopt(String merchantId, NewCredential wanted, String secretText) {
        var secret =
                Secret.parse(secretText)
                        .orElseThrow(() -> new IllegalArgumentException("Not a key of ours"));
        if (credentials.findBySecretHash(secret.hash()).isEmpty()) {
            tell("api_key.created", save(merchantId, wanted, secret, null).credential(), 1);
        }
    }

    /**
     * A new secret with the same rights; the old one goes on for {@code overlap}. A key can be
     * rolled once.
     */
    @Transactional
    public Made roll(
            String merchantId, Mode mode, String id, Duration overlap, IdempotentRequest request) {
        spentKeys.refuseRepeat(merchantId, mode, request);
        var old = existing(merchantId, mode, id);
        var now = clock.instant();
        if (!old.usableAt(now)) {
            throw ApiException.of(CredentialProblems.KEY_NOT_USABLE);
        }
        if (credentials.existsByReplaces(id)) {
            throw ApiException.of(CredentialProblems.KEY_ALREADY_ROLLED);
        }
        try {
            var made = save(merchantId, old.wish(), Secret.random(old.kind(), mode), id);
            old.expire(now.plus(overlap));
            spentKeys.spend(merchantId, mode, request, made.credential().id());
            tell("api_key.rolled", old, old.revision() + 1);
            return made;
        } catch (DataIntegrityViolationException _) {
            throw ApiException.of(CredentialProblems.KEY_ALREADY_ROLLED);
        }
    }

    @Transactional
    public Credential revoke(String merchantId, Mode mode, String id) {
        var credential = existing(merchantId, mode, id);
        if (credential.revokedAt() == null) {
            credential.revoke(clock.instant());
            tell("api_key.revoked", credential, credential.revision() + 1);
        }
        return credential;
    }

    /** Newest first, those older than {@code before} if it is given. */
    @Transactional(readOnly = true)
    public List<Credential> list(String merchantId, Mode mode, @Nullable String before, int limit) {
        return credentials.newestBefore(
                merchantId, mode, before == null ? AFTER_ALL : before, Limit.of(limit));
    }

    @Transactional(readOnly = true)
    public Credential find(String merchantId, Mode mode, String id) {
        return existing(merchantId, mode, id);
    }

    private Credential existing(String merchantId, Mode mode, String id) {
        return credentials
                .findByIdAndMerchantIdAndMode(id, merchantId, mode)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private Made save(
            String merchantId, NewCredential wanted, Secret secret, @Nullable String replaces) {
        var credential =
                new Credential(
                        "key_" + UlidCreator.getMonotonicUlid(),
                        merchantId,
                        wanted,
                        secret,
                        replaces,
                        now());
        return new Made(credentials.saveAndFlush(credential), secret.reveal());
    }

    private Instant now() {
        return clock.instant();
    }

    private void tell(String type, Credential credential, long version) {
        var told =
                Map.of(
                        "merchant_id", credential.merchantId(),
                        "livemode", credential.mode().livemode(),
                        "key_id", credential.id(),
                        "masked", credential.masked());
        outbox.append(Event.of(type, credential.id(), version, now(), json.valueToTree(told)));
    }
}

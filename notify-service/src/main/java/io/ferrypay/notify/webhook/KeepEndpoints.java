package io.ferrypay.notify.webhook;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.notify.secret.Vault;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/** Registers, changes, enables and removes webhook endpoints, and rotates their secrets. */
@Service
public class KeepEndpoints {

    static final int MOST_ENDPOINTS = 50;
    static final int MOST_OLD_SECRETS = 5;

    private static final String AFTER_ALL = "we_~";
    private static final Duration KEYS_KEPT = Duration.ofHours(24);

    private final Endpoints endpoints;
    private final EndpointCopies copies;
    private final TargetGuard guard;
    private final Vault vault;
    private final WebhookSettings settings;
    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;

    KeepEndpoints(
            Endpoints endpoints,
            EndpointCopies copies,
            TargetGuard guard,
            Vault vault,
            WebhookSettings settings,
            JdbcClient jdbc,
            TransactionOperations transactions,
            Clock clock) {
        this.endpoints = endpoints;
        this.copies = copies;
        this.guard = guard;
        this.vault = vault;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Whose endpoint it is. */
    public record Owner(String merchantId, boolean livemode) {}

    /** What a merchant decides about an endpoint. */
    public record Wish(String url, String description, List<String> eventTypes) {}

    /** An endpoint with its secret, which is shown only here. */
    public record WithSecret(Endpoint endpoint, String secret, boolean replayed) {}

    private record Spent(String fingerprint, String endpointId) {}

    /**
     * Registers once for an idempotency key; a repeat shows the same endpoint and its secret of
     * now. No transaction is open while a name server is asked whether the target may be told.
     */
    public WithSecret register(Owner owner, Wish wish, String key, String fingerprint) {
        var before = replayed(owner, key, fingerprint);
        if (before.isPresent()) {
            return before.get();
        }
        refuseTarget(owner, wish.url());
        return transactions.execute(_ -> add(owner, wish, key, fingerprint));
    }

    private WithSecret add(Owner owner, Wish wish, String key, String fingerprint) {
        if (endpoints.countOf(owner.merchantId(), owner.livemode()) >= MOST_ENDPOINTS) {
            throw ApiException.of(
                    WebhookProblems.TOO_MANY_ENDPOINTS,
                    "At most " + MOST_ENDPOINTS + " in each mode.");
        }
        var secret = WebhookSecret.random();
        var id = "we_" + UlidCreator.getMonotonicUlid();
        spend(owner, key, fingerprint, id);
        var endpoint =
                endpoints.save(
                        new Endpoint(
                                id,
                                owner.merchantId(),
                                owner.livemode(),
                                wish.url(),
                                wish.description(),
                                wish.eventTypes(),
                                secret.sealedBy(vault),
                                clock.instant()));
        copies.forget(owner);
        return new WithSecret(endpoint, secret.reveal(), false);
    }

    /** What this key has done before, if anything. */
    private Optional<WithSecret> replayed(Owner owner, String key, String fingerprint) {
        return jdbc.sql(
                        "select fingerprint, endpoint_id from idempotency_key where merchant_id = ? and livemode = ? and key = ?")
                .params(owner.merchantId(), owner.livemode(), key)
                .query(Spent.class)
                .optional()
                .map(spent -> replay(spent, fingerprint));
    }

    /** Of two at the same time one goes on. */
    private void spend(Owner owner, String key, String fingerprint, String endpointId) {
        var written =
                jdbc.sql(
                                "insert into idempotency_key (merchant_id, livemode, key, fingerprint, endpoint_id) values (?, ?, ?, ?, ?) on conflict do nothing")
                        .params(owner.merchantId(), owner.livemode(), key, fingerprint, endpointId)
                        .update();
        if (written == 0) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                    .retryAfter(Duration.ofSeconds(1));
        }
    }

    private WithSecret replay(Spent spent, String fingerprint) {
        if (!spent.fingerprint().equals(fingerprint)) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_MISMATCH);
        }
        var endpoint =
                endpoints
                        .findById(spent.endpointId())
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        return new WithSecret(
                endpoint, WebhookSecret.open(vault, endpoint.sealedSecret()).reveal(), true);
    }

    public Endpoint change(
            Owner owner,
            String id,
            @Nullable String url,
            @Nullable String description,
            @Nullable List<String> eventTypes) {
        existing(owner, id);
        if (url != null) {
            refuseTarget(owner, url);
        }
        return transactions.execute(_ -> {
            var endpoint = toChange(owner, id);
            endpoint.change(
                    url == null ? endpoint.url() : url,
                    description == null ? endpoint.description() : description,
                    eventTypes == null ? endpoint.eventTypes() : eventTypes);
            copies.forget(owner);
            return endpoint;
        });
    }

    /**
     * Once for an idempotency key; a repeat shows the secret of now. The old secret signs beside
     * the new one for a day, and so does one from a rotation before that.
     */
    @Transactional
    public WithSecret rotateSecret(Owner owner, String id, String key, String fingerprint) {
        var endpoint = toChange(owner, id);
        var before = replayed(owner, key, fingerprint);
        if (before.isPresent()) {
            return before.get();
        }
        spend(owner, key, fingerprint, id);
        // As the database keeps it, so that a repeat shows the same.
        var oldEndsAt =
                clock.instant().plus(settings.secretOverlap()).truncatedTo(ChronoUnit.MICROS);
        keepOldSecret(endpoint, oldEndsAt);
        var secret = WebhookSecret.random();
        endpoint.rotateSecret(secret.sealedBy(vault), oldEndsAt);
        copies.forget(owner);
        return new WithSecret(endpoint, secret.reveal(), false);
    }

    /** Each makes the signature header longer, so there is a limit. */
    private void keepOldSecret(Endpoint endpoint, Instant endsAt) {
        var kept =
                jdbc.sql(
                                "select ends_at from old_secret where endpoint_id = ? and ends_at > ? order by ends_at")
                        .params(endpoint.id(), utc(clock.instant()))
                        .query(OffsetDateTime.class)
                        .list();
        if (kept.size() >= MOST_OLD_SECRETS) {
            throw ApiException.of(
                            WebhookProblems.TOO_MANY_ROTATIONS,
                            "At most " + MOST_OLD_SECRETS + " old secrets sign beside the new one.")
                    .retryAfter(Duration.between(clock.instant(), kept.getFirst().toInstant()));
        }
        jdbc.sql("insert into old_secret (endpoint_id, sealed_secret, ends_at) values (?, ?, ?)")
                .params(endpoint.id(), endpoint.sealedSecret(), utc(endsAt))
                .update();
    }

    @Transactional
    public Endpoint enable(Owner owner, String id) {
        var endpoint = toChange(owner, id);
        endpoint.enable();
        copies.forget(owner);
        return endpoint;
    }

    @Transactional
    public Endpoint disable(Owner owner, String id) {
        var endpoint = toChange(owner, id);
        endpoint.disable("by_merchant");
        copies.forget(owner);
        return endpoint;
    }

    /** What was not delivered yet is canceled. */
    @Transactional
    public void delete(Owner owner, String id) {
        toChange(owner, id).disable("deleted");
        jdbc.sql(
                        "update delivery set status = 'canceled', finished_at = now() where endpoint_id = ? and status = 'pending'")
                .param(id)
                .update();
        copies.forget(owner);
    }

    @Transactional(readOnly = true)
    public Endpoint find(Owner owner, String id) {
        return existing(owner, id);
    }

    @Transactional(readOnly = true)
    public List<Endpoint> list(Owner owner, @Nullable String before, int limit) {
        return endpoints.newestBefore(
                owner.merchantId(),
                owner.livemode(),
                before == null ? AFTER_ALL : before,
                Limit.of(limit));
    }

    private Endpoint existing(Owner owner, String id) {
        return endpoints
                .find(id, owner.merchantId(), owner.livemode())
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private Endpoint toChange(Owner owner, String id) {
        return endpoints
                .findToChange(id, owner.merchantId(), owner.livemode())
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private void refuseTarget(Owner owner, String url) {
        guard.refuse(url, owner.livemode())
                .ifPresent(why -> {
                    throw ApiException.of(
                            WebhookProblems.URL_NOT_ALLOWED,
                            problem ->
                                    problem.detail("The URL " + why + ".")
                                            .error("/url", "not_allowed", why));
                });
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetOldKeys() {
        jdbc.sql(
                        "delete from idempotency_key where ctid in (select ctid from idempotency_key where created_at < ? limit 1000)")
                .param(utc(clock.instant().minus(KEYS_KEPT)))
                .update();
    }

    /** A secret that signs nothing any more is better not there at all. */
    @Scheduled(fixedDelayString = "PT10M")
    void forgetOldSecrets() {
        jdbc.sql(
                        "delete from old_secret where ctid in (select ctid from old_secret where ends_at < ? limit 1000)")
                .param(utc(clock.instant()))
                .update();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

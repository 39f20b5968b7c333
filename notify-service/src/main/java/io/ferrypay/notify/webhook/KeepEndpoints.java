package io.ferrypay.notify.webhook;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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
        var spent =
                jdbc.sql(
                                "select fingerprint, endpoint_id from idempotency_key where merchant_id = ? and livemode = ? and key = ?")
                        .params(owner.merchantId(), owner.livemode(), key)
                        .query(Spent.class)
                        .optional();
        if (spent.isPresent()) {
            return replay(spent.get(), fingerprint);
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
        var written =
                jdbc.sql(
                                "insert into idempotency_key (merchant_id, livemode, key, fingerprint, endpoint_id) values (?, ?, ?, ?, ?) on conflict do nothing")
                        .params(owner.merchantId(), owner.livemode(), key, fingerprint, id)
                        .update();
        if (written == 0) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                    .retryAfter(Duration.ofSeconds(1));
        }
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
            var endpoint = existing(owner, id);
            endpoint.change(
                    url == null ? endpoint.url() : url,
                    description == null ? endpoint.description() : description,
                    eventTypes == null ? endpoint.eventTypes() : eventTypes);
            copies.forget(owner);
            return endpoint;
        });
    }

    /** The old secret signs beside the new one for a day. */
    @Transactional
    public WithSecret rotateSecret(Owner owner, String id) {
        var endpoint = existing(owner, id);
        var secret = WebhookSecret.random();
        endpoint.rotateSecret(secret.sealedBy(vault), clock.instant(), settings.secretOverlap());
        copies.forget(owner);
        return new WithSecret(endpoint, secret.reveal(), false);
    }

    @Transactional
    public Endpoint enable(Owner owner, String id) {
        var endpoint = existing(owner, id);
        endpoint.enable();
        copies.forget(owner);
        return endpoint;
    }

    @Transactional
    public Endpoint disable(Owner owner, String id) {
        var endpoint = existing(owner, id);
        endpoint.disable("by_merchant");
        copies.forget(owner);
        return endpoint;
    }

    /** What was not delivered yet is canceled. */
    @Transactional
    public void delete(Owner owner, String id) {
        existing(owner, id).disable("deleted");
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
                .param(clock.instant().minus(KEYS_KEPT).atOffset(java.time.ZoneOffset.UTC))
                .update();
    }
}

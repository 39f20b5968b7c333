package io.ferrypay.merchant.credential;

import io.ferrypay.identity.Mode;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The idempotency keys of requests that made a credential, for a day. */
@Component
class SpentKeys {

    private static final Duration RETENTION = Duration.ofHours(24);
    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    SpentKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Spent(String fingerprint, String credentialId) {}

    void refuseRepeat(String merchantId, Mode mode, IdempotentRequest request) {
        jdbc.sql(
                        "select fingerprint, credential_id from idempotency_key where merchant_id = ? and mode = ? and key = ?")
                .params(merchantId, mode.text(), request.key())
                .query((row, _) -> new Spent(row.getString(1), row.getString(2)))
                .optional()
                .ifPresent(spent -> refuse(spent, request));
    }

    private static void refuse(Spent spent, IdempotentRequest request) {
        if (!spent.fingerprint().equals(request.fingerprint())) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_MISMATCH);
        }
        throw ApiException.of(
                CredentialProblems.SECRET_ALREADY_SHOWN,
                problem -> problem.with("key_id", spent.credentialId()));
    }

    /** In the transaction that makes the credential; of two at the same time one gets 409. */
    void spend(String merchantId, Mode mode, IdempotentRequest request, String credentialId) {
        var written =
                jdbc.sql(
                                "insert into idempotency_key (merchant_id, mode, key, fingerprint, credential_id, created_at) values (?, ?, ?, ?, ?, ?) on conflict do nothing")
                        .params(
                                merchantId,
                                mode.text(),
                                request.key(),
                                request.fingerprint(),
                                credentialId,
                                clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (written == 0) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                    .retryAfter(Duration.ofSeconds(1));
        }
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetOld() {
        var before = clock.instant().minus(RETENTION).atOffset(ZoneOffset.UTC);
        jdbc.sql(
                        "delete from idempotency_key where ctid in (select ctid from idempotency_key where created_at < ? limit ?)")
                .params(before, BATCH)
                .update();
    }
}

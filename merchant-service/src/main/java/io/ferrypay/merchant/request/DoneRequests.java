package io.ferrypay.merchant.request;

import io.ferrypay.identity.Mode;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Which object a request made, for a day. */
@Component
public class DoneRequests {

    private static final Duration RETENTION = Duration.ofHours(24);
    private static final int BATCH = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    DoneRequests(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Done(String fingerprint, String objectId) {}

    /**
     * The id of what this very request made before; refuses with 409 {@code idempotency_mismatch}
     * when the key was used for another request.
     */
    public Optional<String> find(String merchantId, Mode mode, IdempotentRequest request) {
        var done =
                jdbc.sql(
                                "select fingerprint, object_id from done_request where merchant_id = ? and mode = ? and key = ?")
                        .params(merchantId, mode.text(), request.key())
                        .query((row, _) -> new Done(row.getString(1), row.getString(2)))
                        .optional();
        if (done.isPresent() && !done.get().fingerprint().equals(request.fingerprint())) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_MISMATCH);
        }
        return done.map(Done::objectId);
    }

    /**
     * In the transaction that makes or changes the object; of two at the same time one gets 409
     * {@code idempotency_in_progress}.
     */
    public void remember(String merchantId, Mode mode, IdempotentRequest request, String objectId) {
        var written =
                jdbc.sql(
                                """
                                insert into done_request (merchant_id, mode, key, fingerprint, object_id, created_at)
                                values (?, ?, ?, ?, ?, ?) on conflict do nothing
                                """)
                        .params(
                                merchantId,
                                mode.text(),
                                request.key(),
                                request.fingerprint(),
                                objectId,
                                clock.instant().atOffset(ZoneOffset.UTC))
                        .update();
        if (written == 0) {
            throw ApiException.of(CommonProblems.IDEMPOTENCY_IN_PROGRESS)
                    .retryAfter(Duration.ofSeconds(1));
        }
    }

    @Scheduled(fixedDelayString = "PT10M")
    void forgetOld() {
        jdbc.sql(
                        "delete from done_request where ctid in (select ctid from done_request where created_at < ? limit ?)")
                .params(clock.instant().minus(RETENTION).atOffset(ZoneOffset.UTC), BATCH)
                .update();
    }
}

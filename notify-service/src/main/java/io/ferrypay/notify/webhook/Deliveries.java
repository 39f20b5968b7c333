package io.ferrypay.notify.webhook;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * All webhooks that were ever to be delivered: claimed in batches, with a lease, so that several
 * instances share the work and a dead one's is done again.
 */
@Component
class Deliveries {

    private static final int CANDIDATES = 2000;

    private static final String CLAIM =
            """
            with due as (
                select id, lane, next_attempt_at from delivery
                 where status = 'pending' and next_attempt_at <= ? and (leased_until is null or leased_until < ?) and not lane = any(?)
                 order by next_attempt_at limit ?
            ), fair as (
                select id, row_number() over (partition by lane order by next_attempt_at, id) as place from due
            ), chosen as (
                select d.id from delivery d join fair f on f.id = d.id
                 where f.place <= ? and d.status = 'pending' and (d.leased_until is null or d.leased_until < ?)
                 order by f.place limit ? for update of d skip locked
            ), claimed as (
                update delivery d set leased_until = ?, claims = d.claims + 1 from chosen where d.id = chosen.id returning d.*
            )
            select c.id, c.event_id, c.endpoint_id, c.lane, c.claims, c.attempts, c.url, coalesce(w.url, c.url) as target, e.merchant_id, e.livemode, e.body,
                   w.sealed_secret, w.sealed_old_secret, w.old_secret_ends_at, w.status as endpoint_status
              from claimed c join told_event e on e.id = c.event_id left join webhook_endpoint w on w.id = c.endpoint_id
            """;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Deliveries(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * One delivery to be tried now.
     *
     * @param claim which claim of it this is; only the newest one's result counts
     * @param attempts how often it was tried before
     * @param target the endpoint's URL of today, or the payment's {@code notify_url}
     */
    record Due(
            long id,
            String eventId,
            @Nullable String endpointId,
            String lane,
            int claim,
            int attempts,
            String target,
            String merchantId,
            boolean livemode,
            String body,
            @Nullable String sealedSecret,
            @Nullable String sealedOldSecret,
            @Nullable Instant oldSecretEndsAt,
            boolean endpointDisabled) {}

    /** What came of a try, and when the next one is, if any. */
    record Tried(
            Due due,
            Instant at,
            Duration took,
            Sent sent,
            State next,
            @Nullable Instant nextAttemptAt) {

        enum State {
            DELIVERED,
            AGAIN,
            DEAD,
            /** Not tried at all: the endpoint's breaker is open. */
            POSTPONED
        }
    }

    /** What was sent and what came back; one of status and error is there. */
    record Sent(
            @Nullable Integer status,
            @Nullable String error,
            String requestHeaders,
            String answer,
            @Nullable Duration retryAfter) {

        private static final String INTERNAL_ERROR = "internal_error";

        /** It could not be sent, for a reason that is ours. */
        static Sent ownTrouble() {
            return new Sent(null, INTERNAL_ERROR, "", "", null);
        }

        boolean isAccepted() {
            return status != null && status >= 200 && status <= 299;
        }

        boolean isOwnTrouble() {
            return INTERNAL_ERROR.equals(error);
        }
    }

    /** At most {@code limit}, at most {@code perLane} of each lane, none of the busy lanes. */
    @Transactional
    List<Due> claim(int limit, int perLane, Collection<String> busyLanes, Duration lease) {
        var now = OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        return jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(CLAIM);
                    statement.setObject(1, now);
                    statement.setObject(2, now);
                    statement.setArray(3, connection.createArrayOf("text", busyLanes.toArray()));
                    statement.setInt(4, CANDIDATES);
                    statement.setInt(5, perLane);
                    statement.setObject(6, now);
                    statement.setInt(7, limit);
                    statement.setObject(8, now.plus(lease));
                    return statement;
                },
                (row, _) -> due(row));
    }

    private static Due due(ResultSet row) throws SQLException {
        var oldEnds = row.getObject("old_secret_ends_at", OffsetDateTime.class);
        return new Due(
                row.getLong("id"),
                row.getString("event_id"),
                row.getString("endpoint_id"),
                row.getString("lane"),
                row.getInt("claims"),
                row.getInt("attempts"),
                row.getString("target"),
                row.getString("merchant_id"),
                row.getBoolean("livemode"),
                row.getString("body"),
                row.getString("sealed_secret"),
                row.getString("sealed_old_secret"),
                oldEnds == null ? null : oldEnds.toInstant(),
                "disabled".equals(row.getString("endpoint_status")));
    }

    /**
     * Writes the results of many tries, their log, and what they mean for the endpoints, in one
     * transaction that may be repeated. The result of a claim that is not the newest any more goes
     * into the log only.
     *
     * @param patience how long an endpoint may do nothing but fail
     * @return the endpoints that are disabled by it
     */
    @Transactional
    List<String> record(List<Tried> tries, Duration patience) {
        jdbc.batchUpdate(
                "update delivery set status = ?, attempts = ?, next_attempt_at = coalesce(?, next_attempt_at), leased_until = null, last_status = ?, last_error = ?, finished_at = ?"
                        + " where id = ? and claims = ? and status = 'pending' and leased_until is not null",
                tries.stream().map(Deliveries::result).toList());
        jdbc.batchUpdate(
                "insert into delivery_attempt (delivery_id, number, at, duration_millis, status, error, request_headers, answer) "
                        + "values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                tries.stream()
                        .filter(tried -> tried.next() != Tried.State.POSTPONED)
                        .map(Deliveries::log)
                        .toList());
        return judgeEndpoints(tries, patience);
    }

    private static Object[] result(Tried tried) {
        var status =
                switch (tried.next()) {
                    case DELIVERED -> "delivered";
                    case DEAD -> "dead";
                    case AGAIN, POSTPONED -> "pending";
                };
        var attempts = tried.due().attempts() + (tried.next() == Tried.State.POSTPONED ? 0 : 1);
        var finishedAt = status.equals("pending") ? null : utc(tried.at());
        return new Object[] {
            status,
            attempts,
            tried.nextAttemptAt() == null ? null : utc(tried.nextAttemptAt()),
            tried.sent().status(),
            tried.sent().error(),
            finishedAt,
            tried.due().id(),
            tried.due().claim()
        };
    }

    private static Object[] log(Tried tried) {
        return new Object[] {
            tried.due().id(),
            tried.due().claim(),
            utc(tried.at()),
            Math.toIntExact(tried.took().toMillis()),
            tried.sent().status(),
            tried.sent().error(),
            tried.sent().requestHeaders(),
            tried.sent().answer()
        };
    }

    /**
     * Notes since when an endpoint has only failed, or that it no longer does; disables one that is
     * gone or has failed for too long.
     */
    private List<String> judgeEndpoints(List<Tried> tries, Duration patience) {
        var now = utc(clock.instant());
        var disabled = new java.util.ArrayList<String>();
        for (var endpoint :
                tries.stream()
                        .map(tried -> tried.due().endpointId())
                        .filter(java.util.Objects::nonNull)
                        .distinct()
                        .toList()) {
            var own =
                    tries.stream()
                            .filter(tried ->
                                    endpoint.equals(tried.due().endpointId())
                                            && tried.next() != Tried.State.POSTPONED
                                            && !tried.sent().isOwnTrouble())
                            .toList();
            if (own.stream()
                    .anyMatch(tried ->
                            tried.sent().status() != null && tried.sent().status() == 410)) {
                disabled.addAll(disable(endpoint, "gone"));
            } else if (own.stream().anyMatch(tried -> tried.next() == Tried.State.DELIVERED)) {
                jdbc.update(
                        "update webhook_endpoint set failing_since = null, version = version + 1 where id = ? and failing_since is not null",
                        endpoint);
            } else if (!own.isEmpty()) {
                jdbc.update(
                        "update webhook_endpoint set failing_since = ?, version = version + 1 where id = ? and failing_since is null",
                        now,
                        endpoint);
                var expired =
                        jdbc.queryForList(
                                "select id from webhook_endpoint where id = ? and status = 'enabled' and failing_since < ?",
                                String.class,
                                endpoint,
                                now.minus(patience));
                if (!expired.isEmpty()) {
                    disabled.addAll(disable(endpoint, "failing"));
                }
            }
        }
        return disabled;
    }

    private List<String> disable(String endpoint, String reason) {
        jdbc.update(
                "update delivery set status = 'dead', last_error = ?, finished_at = now(), leased_until = null where endpoint_id = ? and status = 'pending'",
                "endpoint_" + reason,
                endpoint);
        var changed =
                jdbc.update(
                        "update webhook_endpoint set status = 'disabled', disabled_reason = ?, version = version + 1 where id = ? and status = 'enabled'",
                        reason,
                        endpoint);
        return changed > 0 ? List.of(endpoint) : List.of();
    }

    long backlog() {
        var count =
                jdbc.queryForObject(
                        "select count(*) from (select 1 from delivery where status = 'pending' limit 100000) pending",
                        Long.class);
        return count == null ? 0 : count;
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}

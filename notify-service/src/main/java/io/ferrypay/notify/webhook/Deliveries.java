package io.ferrypay.notify.webhook;

import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * All webhooks that were ever to be delivered: claimed lane by lane, with a lease, so that several
 * instances share the work and a dead one's is done again.
 */
@Component
class Deliveries {

    /**
     * Walks the index from one lane to the next, so it costs as much as there are lanes, whatever
     * waits in them. What is due is counted in the index's order: without one PostgreSQL reads the
     * whole table where it takes most rows for this lane's.
     */
    private static final String LANES =
            """
            with recursive lanes as (
                (select lane, merchant_id, livemode, 1 as place from delivery
                  where status = 'pending' and lane > ? order by lane limit 1)
                union all
                select following.lane, following.merchant_id, following.livemode, lanes.place + 1
                  from lanes cross join lateral (
                       select lane, merchant_id, livemode from delivery
                        where status = 'pending' and lane > lanes.lane order by lane limit 1) following
                 where lanes.place < ?
            )
            select lane, merchant_id, livemode,
                   (select count(*) from (
                        select 1 from delivery d
                         where d.status = 'pending' and d.lane = lanes.lane and d.next_attempt_at <= ?
                           and (d.leased_until is null or d.leased_until < ?)
                         order by d.next_attempt_at, d.id limit ?) ready) as due
              from lanes order by lane
            """;

    private static final String CLAIM =
            """
            with chosen as (
                select first.id from unnest(?::text[], ?::int[]) as turn (lane, places) cross join lateral (
                    select d.id from delivery d
                     where d.status = 'pending' and d.lane = turn.lane and d.next_attempt_at <= ?
                       and (d.leased_until is null or d.leased_until < ?)
                     order by d.next_attempt_at, d.id limit turn.places for update skip locked) first
            ), claimed as (
                update delivery d set leased_until = ?, claims = d.claims + 1 from chosen where d.id = chosen.id returning d.*
            )
            select c.id, c.event_id, c.endpoint_id, c.lane, c.merchant_id, c.livemode, c.claims, c.attempts, c.give_up_at,
                   coalesce(w.url, c.url) as target, e.body, w.sealed_secret, w.status as endpoint_status,
                   array(select o.sealed_secret from old_secret o where o.endpoint_id = w.id and o.ends_at > ?
                          order by o.ends_at desc) as old_secrets
              from claimed c join told_event e on e.id = c.event_id left join webhook_endpoint w on w.id = c.endpoint_id
            """;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Deliveries(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * What shares a limit, a breaker and an order: an endpoint, or a merchant's {@code notify_url}s
     * on one host and port.
     */
    record Lane(String name, Owner owner) {}

    /** How much is due in a lane, as far as it was counted. */
    record Waiting(Lane lane, int due) {}

    /** That a lane may have so many more under way. */
    record Turn(Lane lane, int places) {}

    /**
     * One delivery to be tried now.
     *
     * @param claim which claim of it this is; only the newest one's result counts
     * @param attempts how often it was tried before
     * @param giveUpAt after that it is not tried again
     * @param target the endpoint's URL of today, or the payment's {@code notify_url}
     * @param sealedOldSecrets those that still sign beside the endpoint's secret
     */
    record Due(
            long id,
            String eventId,
            @Nullable String endpointId,
            Lane lane,
            int claim,
            int attempts,
            Instant giveUpAt,
            String target,
            String body,
            @Nullable String sealedSecret,
            List<String> sealedOldSecrets,
            boolean endpointDisabled) {

        String merchantId() {
            return lane.owner().merchantId();
        }

        boolean livemode() {
            return lane.owner().livemode();
        }
    }

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
            DEAD
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

    /**
     * The lanes in which anything waits, in order of their names.
     *
     * @param after the name to go on from; empty to begin
     * @param count how many lanes to look at
     * @param perLane how far to count what is due
     */
    List<Waiting> lanesAfter(String after, int count, int perLane) {
        var now = now();
        return jdbc.query(
                LANES,
                (row, _) -> new Waiting(lane(row), row.getInt("due")),
                after,
                count,
                now,
                now,
                perLane);
    }

    /** Those that are due first in each lane whose turn it is. */
    @Transactional
    List<Due> claim(List<Turn> turns, Duration lease) {
        var now = now();
        return jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(CLAIM);
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "text",
                                    turns.stream().map(turn -> turn.lane().name()).toArray()));
                    statement.setArray(
                            2,
                            connection.createArrayOf(
                                    "int4", turns.stream().map(Turn::places).toArray()));
                    statement.setObject(3, now);
                    statement.setObject(4, now);
                    statement.setObject(5, now.plus(lease));
                    statement.setObject(6, now);
                    return statement;
                },
                (row, _) -> due(row));
    }

    private static Lane lane(ResultSet row) throws SQLException {
        return new Lane(
                row.getString("lane"),
                new Owner(row.getString("merchant_id"), row.getBoolean("livemode")));
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getLong("id"),
                row.getString("event_id"),
                row.getString("endpoint_id"),
                lane(row),
                row.getInt("claims"),
                row.getInt("attempts"),
                row.getObject("give_up_at", OffsetDateTime.class).toInstant(),
                row.getString("target"),
                row.getString("body"),
                row.getString("sealed_secret"),
                List.of((String[]) row.getArray("old_secrets").getArray()),
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
                tries.stream().map(Deliveries::log).toList());
        return judgeEndpoints(tries, patience);
    }

    private static Object[] result(Tried tried) {
        var status =
                switch (tried.next()) {
                    case DELIVERED -> "delivered";
                    case DEAD -> "dead";
                    case AGAIN -> "pending";
                };
        var finishedAt = status.equals("pending") ? null : utc(tried.at());
        return new Object[] {
            status,
            tried.due().attempts() + 1,
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
        var now = now();
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

    /**
     * Ends some of those whose time is over, whatever they wait for; how many it was. One that is
     * being tried right now has until its lease ends.
     */
    @Transactional
    int giveUp(int most) {
        var now = now();
        return jdbc.update(
                """
                update delivery set status = 'dead', last_error = 'given_up', finished_at = ?, leased_until = null
                 where id in (select id from delivery
                               where status = 'pending' and give_up_at <= ? and (leased_until is null or leased_until < ?)
                               order by give_up_at limit ? for update skip locked)
                """,
                now,
                now,
                now,
                most);
    }

    long backlog() {
        var count =
                jdbc.queryForObject(
                        "select count(*) from (select 1 from delivery where status = 'pending' limit 100000) pending",
                        Long.class);
        return count == null ? 0 : count;
    }

    private OffsetDateTime now() {
        return utc(clock.instant());
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}

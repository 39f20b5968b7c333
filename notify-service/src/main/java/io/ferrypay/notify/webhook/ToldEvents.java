package io.ferrypay.notify.webhook;

import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a merchant has been told: the events, each delivery of them with every try, and sending
 * again.
 */
@Service
public class ToldEvents {

    private static final String AFTER_ALL = "evt_~";
    private static final int MOST_RESENT = 10_000;

    private final JdbcClient jdbc;
    private final DeliverWebhooks deliveries;
    private final TellMerchant tell;
    private final WebhookSettings settings;
    private final Clock clock;

    ToldEvents(
            JdbcClient jdbc,
            DeliverWebhooks deliveries,
            TellMerchant tell,
            WebhookSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.deliveries = deliveries;
        this.tell = tell;
        this.settings = settings;
        this.clock = clock;
    }

    /** An event as it was sent. */
    public record Told(String id, String body) {}

    /** A delivery and its tries, the newest first. */
    @Schema(name = "Delivery")
    public record Delivery(
            long id,
            @Nullable String endpointId,
            String url,
            @Schema(allowableValues = {"pending", "delivered", "dead", "canceled"}) String status,
            int attempts,
            @Nullable Instant nextAttemptAt,
            @Nullable Integer lastStatus,
            @Nullable String lastError,
            List<Attempt> log) {}

    /** One try. */
    @Schema(name = "DeliveryTry")
    public record Attempt(
            int number,
            Instant at,
            int durationMillis,
            @Nullable Integer status,
            @Nullable String error,
            String requestHeaders,
            String answer) {}

    /** Newest first; of all types if {@code type} is empty. */
    @Transactional(readOnly = true)
    public List<Told> list(Owner owner, String type, @Nullable String before, int limit) {
        return jdbc.sql(
                        "select id, body from told_event where merchant_id = ? and livemode = ? and id < ?"
                                + " and (? = '' or type = ?) order by id desc limit ?")
                .params(
                        owner.merchantId(),
                        owner.livemode(),
                        before == null ? AFTER_ALL : before,
                        type,
                        type,
                        limit)
                .query((row, _) -> new Told(row.getString(1), row.getString(2)))
                .list();
    }

    @Transactional(readOnly = true)
    public Told find(Owner owner, String id) {
        return jdbc.sql(
                        "select id, body from told_event where id = ? and merchant_id = ? and livemode = ?")
                .params(id, owner.merchantId(), owner.livemode())
                .query(Told.class)
                .optional()
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    @Transactional(readOnly = true)
    public List<Delivery> deliveriesOf(Owner owner, String eventId) {
        find(owner, eventId);
        var tries =
                jdbc.sql(
                                "select a.* from delivery_attempt a join delivery d on d.id = a.delivery_id where d.event_id = ? order by a.delivery_id, a.number desc limit 1000")
                        .param(eventId)
                        .query((row, _) ->
                                Map.entry(
                                        row.getLong("delivery_id"),
                                        new Attempt(
                                                row.getInt("number"),
                                                row.getObject("at", OffsetDateTime.class)
                                                        .toInstant(),
                                                row.getInt("duration_millis"),
                                                (Integer) row.getObject("status"),
                                                row.getString("error"),
                                                row.getString("request_headers"),
                                                row.getString("answer"))))
                        .list();
        return jdbc.sql("select * from delivery where event_id = ? order by id limit 200")
                .param(eventId)
                .query((row, _) -> {
                    var id = row.getLong("id");
                    var pending = row.getString("status").equals("pending");
                    return new Delivery(
                            id,
                            row.getString("endpoint_id"),
                            row.getString("url"),
                            row.getString("status"),
                            row.getInt("attempts"),
                            pending
                                    ? row.getObject("next_attempt_at", OffsetDateTime.class)
                                            .toInstant()
                                    : null,
                            (Integer) row.getObject("last_status"),
                            row.getString("last_error"),
                            tries.stream()
                                    .filter(entry -> entry.getKey() == id)
                                    .map(Map.Entry::getValue)
                                    .toList());
                })
                .list();
    }

    /**
     * Sends an event once more to everybody it went to, whatever came of it before; the tries start
     * over.
     */
    @Transactional
    public int resend(Owner owner, String eventId) {
        find(owner, eventId);
        return again("event_id = ?", List.of(eventId));
    }

    /** Sends again what an endpoint has not accepted since a moment. */
    @Transactional
    public int resendFailed(String endpointId, Instant since) {
        return again(
                "id in (select d.id from delivery d join told_event e on e.id = d.event_id where d.endpoint_id = ? and d.status in ('dead', 'pending') and (d.status = 'dead' or d.attempts > 0)"
                        + " and e.taken_at >= ? order by d.id limit "
                        + MOST_RESENT
                        + ")",
                List.of(endpointId, OffsetDateTime.ofInstant(since, ZoneOffset.UTC)));
    }

    private int again(String which, List<Object> parameters) {
        var sent =
                jdbc.sql(
                                "update delivery set status = 'pending', attempts = 0, next_attempt_at = now(), leased_until = null, finished_at = null, give_up_at = ? where "
                                        + which)
                        .param(giveUpAt())
                        .params(parameters)
                        .update();
        deliveries.wake();
        return sent;
    }

    private OffsetDateTime giveUpAt() {
        return clock.instant().plus(settings.giveUpAfter()).atOffset(ZoneOffset.UTC);
    }

    /** A {@code ping} to one endpoint, as any other event. */
    @Transactional
    public String ping(Owner owner, Endpoint endpoint) {
        return tell.tellOne(owner, endpoint, "ping", endpoint.id(), Map.of("object", "ping"));
    }
}

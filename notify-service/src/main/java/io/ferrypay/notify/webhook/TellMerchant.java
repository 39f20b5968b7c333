package io.ferrypay.notify.webhook;

import io.ferrypay.events.Event;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Tells a merchant by webhook what this service itself knows. */
@Service
public class TellMerchant {

    private final JdbcClient jdbc;
    private final EndpointCopies endpoints;
    private final DeliverWebhooks deliveries;
    private final WebhookSettings settings;
    private final JsonMapper json;
    private final Clock clock;

    TellMerchant(
            JdbcClient jdbc,
            EndpointCopies endpoints,
            DeliverWebhooks deliveries,
            WebhookSettings settings,
            JsonMapper json,
            Clock clock) {
        this.jdbc = jdbc;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.settings = settings;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Goes to every endpoint that wants this type, with the caller's transaction or not at all.
     *
     * @param type such as {@code wechat_binding.ended}
     * @param subject the id of what it is about
     * @param object the body's {@code data.object}; nothing personal
     * @return the event's id
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public String tell(
            String merchantId,
            boolean livemode,
            String type,
            String subject,
            Map<String, ?> object) {
        var owner = new Owner(merchantId, livemode);
        var id = keep(owner, type, subject, object);
        endpoints.enabled(owner).stream()
                .filter(target -> target.wants(type))
                .forEach(target -> send(owner, id, target.id(), target.url()));
        return id;
    }

    /** To one endpoint, whatever it wants to hear. */
    String tellOne(
            Owner owner, Endpoint endpoint, String type, String subject, Map<String, ?> object) {
        var id = keep(owner, type, subject, object);
        send(owner, id, endpoint.id(), endpoint.url());
        return id;
    }

    private String keep(Owner owner, String type, String subject, Map<String, ?> object) {
        var id = Event.newId();
        var now = clock.instant();
        var body = new LinkedHashMap<String, Object>();
        body.put("id", id);
        body.put("type", type);
        body.put("timestamp", now);
        body.put("api_version", TakeEvents.API_VERSION);
        body.put("livemode", owner.livemode());
        body.put("data", Map.of("object", object));
        jdbc.sql(
                        "insert into told_event (id, merchant_id, livemode, type, subject, happened_at, body) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        owner.merchantId(),
                        owner.livemode(),
                        type,
                        subject,
                        now.atOffset(ZoneOffset.UTC),
                        json.writeValueAsString(body))
                .update();
        return id;
    }

    private void send(Owner owner, String eventId, String endpoint, String url) {
        jdbc.sql(
                        "insert into delivery (event_id, endpoint_id, url, lane, merchant_id, livemode, give_up_at) values (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        eventId,
                        endpoint,
                        url,
                        endpoint,
                        owner.merchantId(),
                        owner.livemode(),
                        clock.instant().plus(settings.giveUpAfter()).atOffset(ZoneOffset.UTC))
                .update();
        TransactionSynchronizationManager.registerSynchronization(
                new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                        deliveries.wake();
                    }
                });
    }
}

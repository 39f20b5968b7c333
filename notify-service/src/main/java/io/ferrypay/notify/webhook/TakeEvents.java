package io.ferrypay.notify.webhook;

import io.ferrypay.events.Event;
import io.ferrypay.events.EventHandler;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns what payments say into what merchants are told: the webhook's body, kept under the event's
 * id, and a delivery for each place that wants it. Runs in the transaction that moves the feed's
 * cursor, in a few statements however many events there are.
 */
@Component
class TakeEvents implements EventHandler {

    /**
     * What our own staff are told of payments, and what they look at, is on the same feed, and none
     * of a shop's business.
     */
    private static final List<String> FOR_STAFF = List.of("risk.", "staff.");

    static final String API_VERSION = "2026-11-01";

    private final JdbcTemplate jdbc;
    private final EndpointCopies endpoints;
    private final DeliverWebhooks deliveries;
    private final JsonMapper json;
    private final WebhookSettings settings;
    private final Clock clock;

    TakeEvents(
            JdbcTemplate jdbc,
            EndpointCopies endpoints,
            DeliverWebhooks deliveries,
            JsonMapper json,
            WebhookSettings settings,
            Clock clock) {
        this.jdbc = jdbc;
        this.endpoints = endpoints;
        this.deliveries = deliveries;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    private record Body(
            String id,
            String type,
            Instant timestamp,
            String apiVersion,
            boolean livemode,
            Map<String, JsonNode> data) {}

    @Override
    public void apply(List<Event> batch) {
        var giveUpAt = clock.instant().plus(settings.giveUpAfter()).atOffset(ZoneOffset.UTC);
        var events = new ArrayList<Object[]>();
        var sends = new ArrayList<Object[]>();
        for (var event : batch) {
            if (FOR_STAFF.stream().anyMatch(event.type()::startsWith)) {
                continue;
            }
            var owner =
                    new Owner(
                            event.data().path("merchant_id").asString(),
                            event.data().path("livemode").asBoolean());
            events.add(
                    new Object[] {
                        event.id(),
                        owner.merchantId(),
                        owner.livemode(),
                        event.type(),
                        event.subject(),
                        event.time().atOffset(ZoneOffset.UTC),
                        body(event, owner)
                    });
            for (var target : endpoints.enabled(owner)) {
                if (target.wants(event.type())) {
                    sends.add(send(event, owner, target.id(), target.url(), target.id(), giveUpAt));
                }
            }
            var notifyUrl = event.data().path("notify_url");
            if (notifyUrl.isString()) {
                var url = notifyUrl.asString();
                sends.add(send(event, owner, null, url, lane(owner, url), giveUpAt));
            }
        }
        jdbc.batchUpdate(
                "insert into told_event (id, merchant_id, livemode, type, subject, happened_at, body) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                events);
        jdbc.batchUpdate(
                "insert into delivery (event_id, endpoint_id, url, lane, merchant_id, livemode, give_up_at) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                sends);
        wakeAfterCommit();
    }

    private static Object[] send(
            Event event,
            Owner owner,
            @Nullable String endpoint,
            String url,
            String lane,
            OffsetDateTime giveUpAt) {
        return new Object[] {
            event.id(), endpoint, url, lane, owner.merchantId(), owner.livemode(), giveUpAt
        };
    }

    /**
     * Merchants may share a host; one's trouble there must not slow down another, nor a test the
     * live mode. What listens on another port is another receiver.
     */
    private static String lane(Owner owner, String url) {
        return owner.merchantId() + (owner.livemode() ? " live " : " test ") + server(url);
    }

    private static String server(String url) {
        try {
            var address = URI.create(url);
            return address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
        } catch (IllegalArgumentException _) {
            return "invalid";
        }
    }

    private String body(Event event, Owner owner) {
        var data = new LinkedHashMap<String, JsonNode>();
        data.put("object", event.data().path("object"));
        data.put("previous", event.data().path("previous"));
        if (event.data().has("surplus")) {
            data.put("surplus", event.data().path("surplus"));
        }
        return json.writeValueAsString(
                new Body(
                        event.id(),
                        event.type(),
                        event.time(),
                        API_VERSION,
                        owner.livemode(),
                        data));
    }

    private void wakeAfterCommit() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(
                    new TransactionSynchronization() {
                        @Override
                        public void afterCommit() {
                            deliveries.wake();
                        }
                    });
        }
    }
}

package io.ferrypay.notify.webhook;

import io.ferrypay.events.Event;
import io.ferrypay.testkit.EndpointAccess;
import io.ferrypay.testkit.EndpointAccess.Owner;
import io.ferrypay.testkit.PublishedDescription;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Who may call what of {@code /v2}. */
class AccessTest extends NotifyServiceTest {

    private static final Map<String, String> RULES =
            Map.ofEntries(
                    Map.entry("GET /v2/openapi.json", EndpointAccess.ANYONE),
                    Map.entry("GET /v2/openapi.json.yaml", EndpointAccess.ANY_MERCHANT),
                    Map.entry("GET /v2/events", "webhooks:read"),
                    Map.entry("GET /v2/events/{id}", "webhooks:read"),
                    Map.entry("GET /v2/events/{id}/deliveries", "webhooks:read"),
                    Map.entry("POST /v2/events/{id}:resend", "webhooks:write"),
                    Map.entry("GET /v2/webhook_secret", "webhooks:write"),
                    Map.entry("GET /v2/webhook_public_keys", "webhooks:read"),
                    Map.entry("GET /v2/webhook_endpoints", "webhooks:read"),
                    Map.entry("POST /v2/webhook_endpoints", "webhooks:write"),
                    Map.entry("GET /v2/webhook_endpoints/{id}", "webhooks:read"),
                    Map.entry("PATCH /v2/webhook_endpoints/{id}", "webhooks:write"),
                    Map.entry("DELETE /v2/webhook_endpoints/{id}", "webhooks:write"),
                    Map.entry("POST /v2/webhook_endpoints/{id}:rotate_secret", "webhooks:write"),
                    Map.entry("POST /v2/webhook_endpoints/{id}:enable", "webhooks:write"),
                    Map.entry("POST /v2/webhook_endpoints/{id}:test", "webhooks:write"),
                    Map.entry("POST /v2/webhook_endpoints/{id}:resend_failed", "webhooks:write"),
                    Map.entry("GET /v2/wechat_bindings", "messages:read"),
                    Map.entry("POST /v2/wechat_bindings", "messages:write"),
                    Map.entry("GET /v2/wechat_bindings/{id}", "messages:read"),
                    Map.entry("PATCH /v2/wechat_bindings/{id}", "messages:write"),
                    Map.entry("POST /v2/wechat_bindings/{id}:end", "messages:write"),
                    Map.entry("GET /v2/wechat_messages", "messages:read"));

    private static final PublishedDescription DESCRIPTION =
            new PublishedDescription("notifications-v2.json");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @TestFactory
    Stream<DynamicTest> endpoints() throws Exception {
        try (var receiver = new Receiver()) {
            var endpoint = endpoint(receiver);
            var event = paid(null);
            happen(event);
            var ids = new HashMap<String, String>();
            for (var name : RULES.keySet()) {
                ids.put(
                        name,
                        name.contains("/events/")
                                ? event.id()
                                : name.contains("/wechat_bindings/") ? binding() : endpoint);
            }
            var owner =
                    new Owner(
                            merchant,
                            "mer_" + Event.newId().substring(4),
                            Set.of(
                                    "webhooks:read",
                                    "webhooks:write",
                                    "messages:read",
                                    "messages:write"),
                            ids,
                            Map.of(
                                    "POST /v2/webhook_endpoints",
                                    "{\"url\":\"http://127.0.0.1:9/\",\"event_types\":[\"*\"]}",
                                    "POST /v2/wechat_bindings",
                                    "{\"label\":\"Till\",\"event_types\":[\"payment.paid\"]}",
                                    "PATCH /v2/wechat_bindings/{id}",
                                    "{\"label\":\"Till\",\"event_types\":[\"payment.paid\"]}",
                                    "POST /v2/webhook_endpoints/{id}:resend_failed",
                                    "{\"since\":\"2026-11-24T00:00:00Z\"}"));
            return new EndpointAccess(
                            port,
                            (id, mode, scopes) -> tokenOf(id, mode, scopes.toArray(String[]::new)),
                            owner)
                    .tests(
                            EndpointAccess.endpoints(mappings, "/v2/"),
                            DESCRIPTION.operations(),
                            RULES);
        }
    }

    @Test
    void the_published_description_is_what_the_service_serves() {
        var answer = call("GET", "/v2/openapi.json", null);

        DESCRIPTION.isWhatIsServed(answer.body());
        DESCRIPTION.isComplete();
    }

    private String binding() {
        var id = "wxb_" + Event.newId().substring(4);
        jdbc.sql(
                        """
                        insert into wechat_binding (id, merchant_id, livemode, appid, label, event_types,
                            status, code_hash, code_ends_at, created_at)
                        values (?, ?, false, 'wx1', 'Till', '{payment.paid}', 'waiting', ?, now(), now())
                        """)
                .params(id, merchant, id)
                .update();
        return id;
    }
}

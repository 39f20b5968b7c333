package io.ferrypay.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.testkit.EndpointAccess;
import io.ferrypay.testkit.EndpointAccess.Owner;
import io.ferrypay.testkit.PublishedDescription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Who may call what of {@code /v2}; {@link AuthorizationTest} does the same for the portal. */
class AccessTest extends PortalTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> SCOPES =
            List.of(
                    "keys:read",
                    "keys:write",
                    "merchant:read",
                    "static_codes:read",
                    "static_codes:write",
                    "devices:read",
                    "devices:write",
                    "refunds:write");

    /** Need two scopes, or are for tills: {@code DevicesTest} tries them. */
    private static final Set<String> TRIED_ELSEWHERE =
            Set.of(
                    "POST /v2/cashiers",
                    "POST /v2/stores/{id}:close",
                    "POST /v2/cashiers/{id}:set_pin",
                    "PUT /v2/cashiers/{id}/limits",
                    "GET /v2/spotpay/device",
                    "POST /v2/spotpay/cashiers:sign_in",
                    "POST /v2/spotpay/cashiers:authorize_refund",
                    "POST /v2/spotpay/cashiers:sign_out");

    private static final Map<String, String> RULES =
            Map.ofEntries(
                    Map.entry("GET /v2/api_keys", "keys:read"),
                    Map.entry("POST /v2/api_keys", "keys:write"),
                    Map.entry("GET /v2/api_keys/{id}", "keys:read"),
                    Map.entry("POST /v2/api_keys/{id}:roll", "keys:write"),
                    Map.entry("POST /v2/api_keys/{id}:revoke", "keys:write"),
                    Map.entry("GET /v2/cashiers", "devices:read"),
                    Map.entry("GET /v2/cashiers/{id}", "devices:read"),
                    Map.entry("POST /v2/cashiers/{id}:disable", "devices:write"),
                    Map.entry("POST /v2/devices:pair", EndpointAccess.ANYONE),
                    Map.entry("GET /v2/devices", "devices:read"),
                    Map.entry("POST /v2/devices", "devices:write"),
                    Map.entry("GET /v2/devices/{id}", "devices:read"),
                    Map.entry("PATCH /v2/devices/{id}", "devices:write"),
                    Map.entry("POST /v2/devices/{id}:new_pairing_code", "devices:write"),
                    Map.entry("POST /v2/devices/{id}:revoke", "devices:write"),
                    Map.entry("GET /v2/merchant", "merchant:read"),
                    Map.entry("GET /v2/request_log", "keys:read"),
                    Map.entry("GET /v2/stores", "static_codes:read"),
                    Map.entry("POST /v2/stores", "static_codes:write"),
                    Map.entry("GET /v2/stores/{id}", "static_codes:read"),
                    Map.entry("PATCH /v2/stores/{id}", "static_codes:write"),
                    Map.entry("GET /v2/static_codes", "static_codes:read"),
                    Map.entry("POST /v2/static_codes", "static_codes:write"),
                    Map.entry("GET /v2/static_codes/{id}", "static_codes:read"),
                    Map.entry("PUT /v2/static_codes/{id}/limits", "static_codes:write"),
                    Map.entry("POST /v2/static_codes/{id}:rotate", "static_codes:write"),
                    Map.entry("POST /v2/static_codes/{id}:disable", "static_codes:write"),
                    Map.entry("GET /v2/static_codes/{id}/qr.svg", "static_codes:read"),
                    Map.entry("GET /v2/static_codes/{id}/qr.png", "static_codes:read"));

    private static final PublishedDescription DESCRIPTION =
            new PublishedDescription("merchants-v2.json");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @TestFactory
    Stream<DynamicTest> endpoints() {
        var merchant = merchantOf(owner());
        var token = merchantToken(merchant, "test", SCOPES);
        var key =
                make(
                        token,
                        "/v2/api_keys",
                        Map.of(
                                "name",
                                "till",
                                "kind",
                                "restricted",
                                "scopes",
                                List.of("keys:read")));
        var store =
                make(
                        token,
                        "/v2/stores",
                        Map.of(
                                "name",
                                "Wharf",
                                "address",
                                "1 Quay Street",
                                "time_zone",
                                "Pacific/Auckland"));
        var code =
                make(
                        token,
                        "/v2/static_codes",
                        Map.of("store", store, "label", "Counter", "currency", "NZD"));
        var device = make(token, "/v2/devices", Map.of("store", store, "name", "Till 1"));
        var cashier =
                make(token, "/v2/cashiers", Map.of("store", store, "name", "Mei", "pin", "2468"));
        var ids = new HashMap<String, String>();
        for (var endpoint : RULES.keySet()) {
            ids.put(
                    endpoint,
                    switch (endpoint.replaceFirst(".* /v2/", "").replaceFirst("[/:].*", "")) {
                        case "api_keys" -> key;
                        case "stores" -> store;
                        case "devices" -> device;
                        case "cashiers" -> cashier;
                        default -> code;
                    });
        }
        var owner =
                new Owner(
                        merchant,
                        merchantOf(owner()),
                        Set.copyOf(SCOPES),
                        ids,
                        Map.of(
                                "PATCH /v2/devices/{id}",
                                "{\"name\":\"Till 2\"}",
                                "POST /v2/api_keys",
                                "{\"name\":\"till\",\"kind\":\"restricted\",\"scopes\":[\"keys:write\"]}",
                                "POST /v2/api_keys/{id}:roll",
                                "{\"expires_in\":\"now\"}",
                                "POST /v2/stores",
                                "{\"name\":\"Wharf\",\"address\":\"1 Quay Street\",\"time_zone\":\"Pacific/Auckland\"}",
                                "POST /v2/devices",
                                "{\"store\":\"%s\",\"name\":\"Till 2\"}".formatted(store),
                                "POST /v2/static_codes",
                                "{\"store\":\"%s\",\"label\":\"Counter\",\"currency\":\"NZD\"}"
                                        .formatted(store),
                                "PUT /v2/static_codes/{id}/limits",
                                "{\"min_amount\":\"1.00\",\"max_amount\":\"2.00\"}"));
        var endpoints = EndpointAccess.endpoints(mappings, "/v2/");
        assertThat(endpoints).containsAll(TRIED_ELSEWHERE);
        endpoints.removeAll(TRIED_ELSEWHERE);
        var described = DESCRIPTION.operations();
        assertThat(described).containsAll(TRIED_ELSEWHERE);
        described.removeAll(TRIED_ELSEWHERE);
        return new EndpointAccess(port, PortalTest::merchantToken, owner)
                .tests(endpoints, described, RULES);
    }

    @Test
    void the_published_description_is_what_the_service_serves() {
        var answer = browser().get("/portal/api/openapi.json/v2");
        expect(200, answer);

        DESCRIPTION.isWhatIsServed(answer.body());
        DESCRIPTION.isComplete();
    }

    private String merchantOf(Browser browser) {
        return browser.get("/portal/api/session").text("merchant", "id");
    }

    private String make(String token, String path, Map<String, Object> wanted) {
        var answer =
                RestClient.create("http://localhost:" + port)
                        .post()
                        .uri(path)
                        .header("Authorization", "Bearer " + token)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(JSON.writeValueAsBytes(wanted))
                        .exchange(
                                (_, response) -> JSON.readTree(response.getBody().readAllBytes()));
        var id = answer.path("id").asString("");
        assertThat(id).as("%s", answer).isNotEmpty();
        return id;
    }
}

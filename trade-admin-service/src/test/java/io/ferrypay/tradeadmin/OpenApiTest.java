package io.ferrypay.tradeadmin;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.testkit.EndpointAccess;
import io.ferrypay.testkit.PublishedDescription;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** That the merchant API is described, and that each part of it is tried as those who may not. */
public class OpenApiTest extends TradeAdminTest {

    public static final PublishedDescription DESCRIPTION =
            new PublishedDescription("balances-v2.json");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Test
    void the_published_description_is_what_the_service_serves() {
        var served =
                RestClient.create("http://127.0.0.1:" + port)
                        .get()
                        .uri("/v2/openapi.json")
                        .retrieve()
                        .body(JsonNode.class);

        DESCRIPTION.isWhatIsServed(served);
        DESCRIPTION.isComplete();
    }

    @Test
    void every_endpoint_is_described_and_one_that_is_tried_by_its_tests() {
        var endpoints = EndpointAccess.endpoints(mappings, "/v2/");
        endpoints.removeIf(endpoint -> endpoint.contains("/openapi.json"));

        assertThat(endpoints)
                .isEqualTo(DESCRIPTION.operations())
                .allMatch(endpoint ->
                        endpoint.matches(
                                ".* /v2/(balance_entries|balance_history|balance_statements|balances|bank_accounts|reserves"
                                        + "|settlements|withdrawal_schedules|withdrawals).*"));
    }
}

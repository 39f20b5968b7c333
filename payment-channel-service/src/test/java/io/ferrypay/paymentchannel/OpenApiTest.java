package io.ferrypay.paymentchannel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferrypay.testkit.PublishedDescription;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class OpenApiTest extends RunningServiceTest {

    private static final PublishedDescription PUBLISHED =
            new PublishedDescription("payments-v2.json");

    /** After a change on purpose, run once with {@code -Dferry.openapi.write=true}. */
    @Test
    void the_published_description_is_what_the_service_serves() {
        var served = served();

        PUBLISHED.isWhatIsServed(served);
    }

    @Test
    void every_operation_is_described_and_says_how_it_fails() {
        var served = served();

        assertThat(served.path("openapi").asString()).startsWith("3.1");
        assertThat(served.path("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/v2/exports",
                        "/v2/exports/{id}",
                        "/v2/exports/{id}/content",
                        "/v2/exports/{id}:cancel",
                        "/v2/fx/quotes",
                        "/v2/fx/quotes/{id}",
                        "/v2/fx/rate_history",
                        "/v2/fx/rates",
                        "/v2/payments",
                        "/v2/payment_statistics",
                        "/v2/payments/{id}",
                        "/v2/payments/by-reference/{merchant_reference}",
                        "/v2/payments/{id}:cancel",
                        "/v2/payments/{id}:reissue_nonce",
                        "/v2/payments/{id}/refunds",
                        "/v2/refunds",
                        "/v2/refunds/limits",
                        "/v2/refunds/{id}",
                        "/v2/refunds/{id}:approve",
                        "/v2/refunds/{id}:refuse",
                        "/v2/spotpay/charges",
                        "/v2/spotpay/sessions",
                        "/v2/spotpay/sessions/{id}",
                        "/v2/spotpay/sessions/{id}/events",
                        "/v2/spotpay/sessions/{id}:cancel",
                        "/v2/spotpay/sessions/{id}/refunds",
                        "/v2/spotpay/report",
                        "/v2/spotpay/reports",
                        "/v2/unusual_uses",
                        "/v2/unusual_uses/{id}:dismiss");
        served.path("paths")
                .forEach(path ->
                        path.forEach(operation -> {
                            var name = operation.path("operationId").asString();
                            assertThat(operation.path("summary").asString()).as(name).isNotBlank();
                            assertThat(operation.path("responses").propertyNames())
                                    .as(name)
                                    .anyMatch(status -> status.startsWith("2"))
                                    .contains("401", "429", "500");
                        }));
        var fields = served.path("components").path("schemas").path("Payment").path("properties");
        assertThat(fields.propertyNames()).contains("merchant_reference", "payer_amount");
    }

    private JsonNode served() {
        var answer = send(request("/v2/openapi.json", null), "GET", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}

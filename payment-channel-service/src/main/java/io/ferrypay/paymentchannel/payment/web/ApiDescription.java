package io.ferrypay.paymentchannel.payment.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.ferrypay.problem.Problem;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /v2/openapi.json} says before it comes to the endpoints. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String API_KEY = "api_key";

    @Bean
    OpenAPI paymentsApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("FerryPay payments")
                                .version("v2")
                                .description(
                                        """
                                        Shoppers pay yuan with the wallet they have; you are settled in your own \
                                        currency. Create a payment, send the shopper to its `redirect_url`, and \
                                        fetch it or wait for the webhook.

                                        Amounts are decimal strings, times RFC 3339 in UTC. Errors are \
                                        `application/problem+json` with a stable `code`; every answer carries a \
                                        `Request-Id`. Unknown fields in requests are refused; ignore unknown fields \
                                        in answers.\
                                        """)
                                .license(
                                        new License()
                                                .name("Apache-2.0")
                                                .url(
                                                        "https://www.apache.org/licenses/LICENSE-2.0")))
                .servers(List.of(new Server().url("/").description("This host")))
                .components(
                        new Components()
                                .addSecuritySchemes(
                                        API_KEY,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.HTTP)
                                                .scheme("bearer")
                                                .description(
                                                        "`Authorization: Bearer sk_test_…`; keys of test mode"
                                                                + " move no real money.")))
                .addSecurityItem(new SecurityRequirement().addList(API_KEY));
    }

    /** What every operation can answer besides what it says itself. */
    @Bean
    OpenApiCustomizer commonAnswers() {
        return api ->
                api.getPaths()
                        .values()
                        .forEach(path ->
                                path.readOperations()
                                        .forEach(operation -> addCommon(operation.getResponses())));
    }

    private static void addCommon(ApiResponses responses) {
        add(responses, "401", "`unauthenticated`: the API key is missing or wrong.");
        add(responses, "403", "`forbidden_scope`: the API key may not do this.");
        add(responses, "429", "`rate_limited`: wait for `Retry-After` seconds.");
        add(responses, "500", "`internal_error`: repeat it with the same `Idempotency-Key`.");
        add(responses, "503", "`service_unavailable`: wait for `Retry-After` seconds.");
    }

    private static void add(ApiResponses responses, String status, String description) {
        responses.computeIfAbsent(
                status,
                _ ->
                        new ApiResponse()
                                .description(description)
                                .content(
                                        new Content()
                                                .addMediaType(
                                                        Problem.MEDIA_TYPE,
                                                        new io.swagger.v3.oas.models.media
                                                                        .MediaType()
                                                                .schema(
                                                                        new Schema<>()
                                                                                .$ref(
                                                                                        "#/components/schemas/Problem")))));
    }

    /** Field names as they are on the wire. */
    @Bean
    ModelResolver modelResolver() {
        return new ModelResolver(
                new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }
}

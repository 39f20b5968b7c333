package io.ferrypay.merchant.portal;

import io.ferrypay.description.MerchantApi;
import io.ferrypay.description.RecordSchemas;
import io.ferrypay.problem.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.models.GroupedOpenApi;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /portal/api/openapi.json} says before it comes to the endpoints. */
@Configuration(proxyBeanMethods = false)
class PortalDescription {

    /** In each operation: who may call it. The authorization test is made from it. */
    static final String ACCESS = "x-access";

    private static final String SESSION = "session";

    static {
        // Comes from the cookie, never from the query.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(PortalCaller.class);
    }

    @Bean
    OpenAPI portalApi() {
        return new OpenAPI()
                .info(
                        new Info()
                                .title("FerryPay portal")
                                .version("v1")
                                .description(
                                        """
                                        What the merchant portal's pages call. A session stands in the cookie \
                                        `ferry_portal`. Every answer sets the cookie `XSRF-TOKEN`; whatever is not a GET \
                                        repeats it in the header `X-XSRF-TOKEN`. `x-access` says who may call an \
                                        operation: `anyone`, `signed_in`, or a permission of the person's role.

                                        `/portal/api/v2/…` leads to the `/v2/…` of the same name, with the rights of the \
                                        signed-in person's role. The header `Ferry-Mode` (`test` or `live`, `test` if \
                                        missing) says which of the merchant's two worlds is meant. Errors are \
                                        `application/problem+json` with a stable `code`.\
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
                                        SESSION,
                                        new SecurityScheme()
                                                .type(SecurityScheme.Type.APIKEY)
                                                .in(SecurityScheme.In.COOKIE)
                                                .name("ferry_portal")))
                .addSecurityItem(new SecurityRequirement().addList(SESSION));
    }

    @Bean
    OperationCustomizer access() {
        return (operation, method) -> {
            if (method.hasMethodAnnotation(Anyone.class)) {
                operation.addExtension(ACCESS, "anyone");
                operation.security(List.of());
            } else if (method.hasMethodAnnotation(SignedIn.class)) {
                operation.addExtension(ACCESS, "signed_in");
            } else {
                var needed = method.getMethodAnnotation(Requires.class);
                if (needed != null) {
                    operation.addExtension(ACCESS, needed.value().text());
                }
            }
            return operation;
        };
    }

    /** What every operation can answer besides what it says itself. */
    @Bean
    OpenApiCustomizer commonAnswers() {
        return api -> {
            // A setting would say it of the other document, too.
            RecordSchemas.keep("/portal/api/", api);
            // No operation mentions it by class, so nobody else describes it.
            ModelConverters.getInstance(api.getSpecVersion() == SpecVersion.V31)
                    .readAll(Problem.class)
                    .forEach(api.getComponents()::addSchemas);
            api.getPaths()
                    .values()
                    .forEach(path ->
                            path.readOperations()
                                    .forEach(operation -> addCommon(operation.getResponses())));
        };
    }

    private static void addCommon(ApiResponses responses) {
        add(responses, "400", "`invalid_request` and the like: the request is not valid.");
        add(responses, "401", "`unauthenticated`: nobody is signed in.");
        add(responses, "403", "`forbidden_scope` or `csrf_token_invalid`.");
        add(responses, "429", "`rate_limited`: wait for `Retry-After` seconds.");
        add(responses, "500", "`internal_error`.");
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
                                                        new MediaType()
                                                                .schema(
                                                                        new Schema<>()
                                                                                .$ref(
                                                                                        "#/components/schemas/Problem")))));
    }

    /** What merchants' own systems call is another document, beside this one. */
    @Bean
    GroupedOpenApi merchantApi(RecordSchemas records) {
        return GroupedOpenApi.builder()
                .group("v2")
                .pathsToMatch("/v2/**")
                .addOpenApiCustomizer(
                        MerchantApi.describe(
                                "FerryPay merchants",
                                "API keys, stores and their printed codes, tills and those who work"
                                        + " at them.",
                                records))
                .build();
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }
}

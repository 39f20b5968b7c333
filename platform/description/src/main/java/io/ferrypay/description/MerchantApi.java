package io.ferrypay.description;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.problem.Problem;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;

/**
 * Makes a service's OpenAPI document one of the merchant API: what it is, how to sign in, what
 * every operation can answer besides what it says itself, and which fields are always there.
 */
public final class MerchantApi {

    private static final String API_KEY = "api_key";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    static {
        // Come from the token, never from the query.
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(MerchantCaller.class, DeviceCaller.class);
    }

    private MerchantApi() {}

    /**
     * @param records what the document's schemas were made from
     */
    public static OpenApiCustomizer describe(String title, String what, RecordSchemas records) {
        return api -> {
            api.info(info(title, what))
                    .servers(List.of(new Server().url("/").description("This host")))
                    .security(List.of(new SecurityRequirement().addList(API_KEY)));
            var components = api.getComponents() == null ? new Components() : api.getComponents();
            api.components(components);
            components.setSecuritySchemes(null);
            components.addSecuritySchemes(API_KEY, apiKey());
            // No operation mentions it by class, so nobody else describes it.
            ModelConverters.getInstance(api.getSpecVersion() == SpecVersion.V31)
                    .readAll(Problem.class)
                    .forEach(components::addSchemas);
            api.getPaths()
                    .forEach((path, item) ->
                            item.readOperations().forEach(operation -> addCommon(path, operation)));
            records.beExact(api);
        };
    }

    private static Info info(String title, String what) {
        return new Info()
                .title(title)
                .version("v2")
                .description(
                        what
                                + "\n\nAmounts are decimal strings, times RFC 3339 in UTC. Errors are"
                                + " `application/problem+json` with a stable `code`; every answer"
                                + " carries a `Request-Id`. Unknown fields in requests are refused;"
                                + " ignore unknown fields in answers.")
                .license(
                        new License()
                                .name("Apache-2.0")
                                .url("https://www.apache.org/licenses/LICENSE-2.0"));
    }

    private static SecurityScheme apiKey() {
        return new SecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme("bearer")
                .description(
                        "`Authorization: Bearer sk_test_…`; keys of test mode move no real money.");
    }

    private static void addCommon(String path, Operation operation) {
        var parameters =
                operation.getParameters() == null
                        ? List.<io.swagger.v3.oas.models.parameters.Parameter>of()
                        : operation.getParameters();
        if (!parameters.isEmpty() || operation.getRequestBody() != null) {
            add(operation, "400", "`invalid_request` and the like: the request is not valid.");
        }
        if (path.contains("{")) {
            add(operation, "404", "`not_found`: you have no such thing in this mode.");
        }
        if (parameters.stream()
                .anyMatch(parameter -> IDEMPOTENCY_KEY.equals(parameter.getName()))) {
            add(operation, "409", "`idempotency_in_progress`: repeat it after `Retry-After`.");
            add(operation, "422", "`idempotency_mismatch`: the key was used for something else.");
        }
        add(operation, "401", "`unauthenticated`: the API key is missing or wrong.");
        add(operation, "403", "`forbidden_scope`: the API key may not do this.");
        add(operation, "429", "`rate_limited`: wait for `Retry-After` seconds.");
        add(operation, "500", "`internal_error`.");
        add(operation, "503", "`service_unavailable`: wait for `Retry-After` seconds.");
    }

    private static void add(Operation operation, String status, String description) {
        operation
                .getResponses()
                .computeIfAbsent(
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
}

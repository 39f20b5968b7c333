package io.ferrypay.notify.webhook.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.notify.listing.Page;
import io.ferrypay.notify.webhook.Endpoint;
import io.ferrypay.notify.webhook.KeepEndpoints;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import io.ferrypay.notify.webhook.KeepEndpoints.Wish;
import io.ferrypay.notify.webhook.KeepEndpoints.WithSecret;
import io.ferrypay.notify.webhook.ToldEvents;
import io.ferrypay.problem.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Webhook endpoints")
@RestController
@RequestMapping("/v2/webhook_endpoints")
class WebhookEndpointController {

    private static final String ID = "we_[0-9A-HJKMNP-TV-Z]{26}";
    private static final String ONE = "/{id:" + ID + "}";
    private static final String EVENT_TYPE = "\\*|[a-z_]{1,40}(\\.[a-z_]{1,40}){0,3}(\\.\\*)?";

    private final KeepEndpoints endpoints;
    private final ToldEvents events;

    WebhookEndpointController(KeepEndpoints endpoints, ToldEvents events) {
        this.endpoints = endpoints;
        this.events = events;
    }

    @Schema(name = "CreateWebhookEndpoint")
    record NewEndpoint(
            @NotBlank @Size(max = 2048) String url,
            @NotEmpty @Size(max = 50)
                    List<
                                    @NotNull
                                    @Pattern(
                                            regexp = EVENT_TYPE,
                                            message =
                                                    "is an event type such as payment.paid or payment.*")
                                    String>
                            eventTypes,
            @Size(max = 200) @Nullable String description) {}

    @Schema(name = "ChangeWebhookEndpoint")
    record Change(
            @Size(min = 1, max = 2048) @Nullable String url,
            @Size(min = 1, max = 50)
                    @Nullable
                            List<
                                    @NotNull
                                    @Pattern(
                                            regexp = EVENT_TYPE,
                                            message =
                                                    "is an event type such as payment.paid or payment.*")
                                    String>
                            eventTypes,
            @Size(max = 200) @Nullable String description,
            @Pattern(regexp = "enabled|disabled", message = "is enabled or disabled")
                    @Nullable String status) {}

    @Schema(name = "ResendSince")
    record Since(@NotNull Instant since) {}

    /**
     * @param event the id of the {@code ping}
     */
    @Schema(name = "PingSent")
    record PingSent(String event) {}

    /**
     * @param resent how many deliveries begin anew
     */
    @Schema(name = "ResentDeliveries")
    record Resent(int resent) {}

    @Schema(name = "WebhookEndpoint")
    record EndpointView(
            String id,
            String object,
            boolean livemode,
            String url,
            String description,
            List<String> eventTypes,
            @Schema(allowableValues = {"enabled", "disabled"}) String status,
            @Nullable String disabledReason,
            @Nullable Instant failingSince,
            @Nullable Instant oldSecretEndsAt,
            Instant createdAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

        static EndpointView of(Endpoint endpoint, @Nullable String secret) {
            return new EndpointView(
                    endpoint.id(),
                    "webhook_endpoint",
                    endpoint.livemode(),
                    endpoint.url(),
                    endpoint.description(),
                    endpoint.eventTypes(),
                    endpoint.status(),
                    endpoint.disabledReason(),
                    endpoint.failingSince(),
                    endpoint.oldSecretEndsAt(),
                    endpoint.createdAt(),
                    secret);
        }
    }

    @Operation(
            operationId = "listWebhookEndpoints",
            summary = "List webhook endpoints",
            description = "Newest first; never their secrets.")
    @GetMapping
    Page<EndpointView> list(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = ID) @Nullable String cursor) {
        var found = endpoints.list(reader(caller), cursor, limit + 1);
        return Page.of(found, limit, endpoint -> EndpointView.of(endpoint, null), Endpoint::id);
    }

    @Operation(
            operationId = "createWebhookEndpoint",
            summary = "Register a webhook endpoint",
            description =
                    "`secret` stands in this answer, and in those to repeats under the same"
                            + " `Idempotency-Key`.")
    @PostMapping
    ResponseEntity<EndpointView> register(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody NewEndpoint wanted) {
        var description = wanted.description() == null ? "" : wanted.description();
        var made =
                endpoints.register(
                        writer(caller),
                        new Wish(wanted.url(), description, wanted.eventTypes()),
                        IdempotencyKeys.checked(key),
                        IdempotencyKeys.fingerprint(wanted.toString()));
        return answer(HttpStatus.CREATED, made);
    }

    private static ResponseEntity<EndpointView> answer(HttpStatus status, WithSecret shown) {
        var answer = ResponseEntity.status(status);
        if (shown.replayed()) {
            answer.header("Idempotent-Replayed", "true");
        }
        return answer.body(EndpointView.of(shown.endpoint(), shown.secret()));
    }

    @Operation(operationId = "getWebhookEndpoint", summary = "Fetch a webhook endpoint")
    @GetMapping(ONE)
    EndpointView get(MerchantCaller caller, @PathVariable String id) {
        return EndpointView.of(endpoints.find(reader(caller), id), null);
    }

    @Operation(
            operationId = "changeWebhookEndpoint",
            summary = "Change a webhook endpoint",
            description = "What is left out stays as it is.")
    @PatchMapping(ONE)
    EndpointView change(
            MerchantCaller caller, @PathVariable String id, @Valid @RequestBody Change change) {
        var owner = writer(caller);
        var changed =
                endpoints.change(
                        owner, id, change.url(), change.description(), change.eventTypes());
        if (change.status() != null && !change.status().equals(changed.status())) {
            changed =
                    change.status().equals("enabled")
                            ? endpoints.enable(owner, id)
                            : endpoints.disable(owner, id);
        }
        return EndpointView.of(changed, null);
    }

    @Operation(
            operationId = "deleteWebhookEndpoint",
            summary = "Delete a webhook endpoint",
            description = "Nothing more is sent to it.")
    @DeleteMapping(ONE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(MerchantCaller caller, @PathVariable String id) {
        endpoints.delete(writer(caller), id);
    }

    @Operation(
            operationId = "rotateWebhookSecret",
            summary = "Exchange an endpoint's secret",
            description = "The old one signs, too, until `old_secret_ends_at`.")
    @PostMapping(ONE + ":rotate_secret")
    ResponseEntity<EndpointView> rotate(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @PathVariable String id) {
        var rotated =
                endpoints.rotateSecret(
                        writer(caller),
                        id,
                        IdempotencyKeys.checked(key),
                        IdempotencyKeys.fingerprint("rotate " + id));
        return answer(HttpStatus.OK, rotated);
    }

    @Operation(
            operationId = "enableWebhookEndpoint",
            summary = "Enable a webhook endpoint",
            description = "Also one that we disabled because it failed for long.")
    @PostMapping(ONE + ":enable")
    EndpointView enable(MerchantCaller caller, @PathVariable String id) {
        return EndpointView.of(endpoints.enable(writer(caller), id), null);
    }

    @Operation(
            operationId = "testWebhookEndpoint",
            summary = "Send a ping",
            description = "A `ping` event, sent as any other.")
    @PostMapping(ONE + ":test")
    @ResponseStatus(HttpStatus.ACCEPTED)
    PingSent test(MerchantCaller caller, @PathVariable String id) {
        var owner = writer(caller);
        return new PingSent(events.ping(owner, endpoints.find(owner, id)));
    }

    @Operation(
            operationId = "resendFailedEvents",
            summary = "Send again what failed",
            description = "All that the endpoint has not accepted since a moment, 10,000 at most.")
    @PostMapping(ONE + ":resend_failed")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Resent resendFailed(
            MerchantCaller caller, @PathVariable String id, @Valid @RequestBody Since since) {
        var endpoint = endpoints.find(writer(caller), id);
        if (!endpoint.status().equals("enabled")) {
            throw ApiException.invalid("/id", "disabled", "is disabled; enable it first");
        }
        return new Resent(events.resendFailed(id, since.since()));
    }

    private static Owner reader(MerchantCaller caller) {
        caller.require("webhooks:read");
        return new Owner(caller.merchantId(), caller.mode().livemode());
    }

    private static Owner writer(MerchantCaller caller) {
        caller.require("webhooks:write");
        return new Owner(caller.merchantId(), caller.mode().livemode());
    }
}

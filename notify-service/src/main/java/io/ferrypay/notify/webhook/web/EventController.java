package io.ferrypay.notify.webhook.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.notify.listing.Page;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import io.ferrypay.notify.webhook.MerchantSecrets;
import io.ferrypay.notify.webhook.PlatformKeys;
import io.ferrypay.notify.webhook.ToldEvents;
import io.ferrypay.notify.webhook.ToldEvents.Delivery;
import io.ferrypay.notify.webhook.ToldEvents.Told;
import io.ferrypay.notify.webhook.web.WebhookEndpointController.Resent;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag(name = "Events")
@RestController
class EventController {

    private static final String ID = "evt_[0-9A-HJKMNP-TV-Z]{26}";
    private static final String ONE = "/v2/events/{id:" + ID + "}";

    private final ToldEvents events;
    private final MerchantSecrets secrets;
    private final PlatformKeys platformKeys;
    private final JsonMapper json;

    EventController(
            ToldEvents events,
            MerchantSecrets secrets,
            PlatformKeys platformKeys,
            JsonMapper json) {
        this.events = events;
        this.secrets = secrets;
        this.platformKeys = platformKeys;
        this.json = json;
    }

    /** An event as it is sent; told from what was sent, never made here. */
    @Schema(name = "Event")
    record EventView(
            String id,
            String type,
            Instant timestamp,
            String apiVersion,
            boolean livemode,
            EventData data) {}

    @Schema(name = "EventList")
    record EventList(
            String object, List<EventView> data, boolean hasMore, @Nullable String nextCursor) {}

    /**
     * @param object what it is about, as its own API shows it
     * @param previous what its changed fields were before
     */
    @Schema(name = "EventData")
    record EventData(
            @Schema(type = "object") Map<String, ?> object,
            @Schema(type = "object") @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Nullable Map<String, ?> previous) {}

    @Schema(name = "Deliveries")
    record Deliveries(List<Delivery> data) {}

    @Schema(name = "WebhookSecret")
    record WebhookSecret(String object, boolean livemode, String secret) {

        @Override
        public String toString() {
            return "WebhookSecret[…]";
        }
    }

    @Schema(name = "WebhookPublicKeys")
    record PublicKeys(String object, List<PublicKey> data) {}

    @Schema(name = "WebhookPublicKey")
    record PublicKey(String version, boolean livemode, String publicKey) {}

    @Operation(
            operationId = "listEvents",
            summary = "List events",
            description = "What you have been told, newest first.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = EventList.class)))
    @GetMapping("/v2/events")
    Page<JsonNode> list(
            MerchantCaller caller,
            @RequestParam(required = false) @Pattern(regexp = "[a-z_.]{1,80}")
                    @Nullable String type,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = ID) @Nullable String cursor) {
        return Page.of(
                events.list(
                        owner(caller, "webhooks:read"),
                        type == null ? "" : type,
                        cursor,
                        limit + 1),
                limit,
                this::view,
                Told::id);
    }

    @Operation(
            operationId = "getEvent",
            summary = "Fetch an event",
            description = "As it was sent.")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                            schema = @Schema(implementation = EventView.class)))
    @GetMapping(ONE)
    JsonNode get(MerchantCaller caller, @PathVariable String id) {
        return view(events.find(owner(caller, "webhooks:read"), id));
    }

    @Operation(
            operationId = "listDeliveries",
            summary = "How an event was delivered",
            description = "To each endpoint, with every try, the newest first.")
    @GetMapping(ONE + "/deliveries")
    Deliveries deliveries(MerchantCaller caller, @PathVariable String id) {
        return new Deliveries(events.deliveriesOf(owner(caller, "webhooks:read"), id));
    }

    @Operation(
            operationId = "resendEvent",
            summary = "Send an event again",
            description =
                    "To everybody it went to, whatever came of it before; the tries start over.")
    @PostMapping(ONE + ":resend")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Resent resend(MerchantCaller caller, @PathVariable String id) {
        return new Resent(events.resend(owner(caller, "webhooks:write"), id));
    }

    /** The secret that signs what goes to a payment's own notify_url. */
    @Operation(
            operationId = "getWebhookSecret",
            summary = "The secret of `notify_url`",
            description = "Signs what goes to a payment's own `notify_url`.")
    @GetMapping("/v2/webhook_secret")
    WebhookSecret secret(MerchantCaller caller) {
        var owner = owner(caller, "webhooks:write");
        return new WebhookSecret(
                "webhook_secret",
                owner.livemode(),
                secrets.reveal(owner.merchantId(), owner.livemode()));
    }

    @Operation(
            operationId = "listWebhookPublicKeys",
            summary = "The keys of `v1a` signatures",
            description = "For checking signatures without a shared secret.")
    @GetMapping("/v2/webhook_public_keys")
    PublicKeys publicKeys(MerchantCaller caller) {
        var owner = owner(caller, "webhooks:read");
        return new PublicKeys(
                "list",
                List.of(
                        new PublicKey(
                                "v1a",
                                owner.livemode(),
                                platformKeys.publicKey(owner.livemode()))));
    }

    private JsonNode view(Told told) {
        return json.readTree(told.body());
    }

    private static Owner owner(MerchantCaller caller, String scope) {
        caller.require(scope);
        return new Owner(caller.merchantId(), caller.mode().livemode());
    }
}

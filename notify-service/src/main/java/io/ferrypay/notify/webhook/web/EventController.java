package io.ferrypay.notify.webhook.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.notify.listing.Page;
import io.ferrypay.notify.webhook.KeepEndpoints.Owner;
import io.ferrypay.notify.webhook.MerchantSecrets;
import io.ferrypay.notify.webhook.PlatformKeys;
import io.ferrypay.notify.webhook.ToldEvents;
import io.ferrypay.notify.webhook.ToldEvents.Delivery;
import io.ferrypay.notify.webhook.ToldEvents.Told;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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

    @GetMapping("/v2/events")
    Page list(
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

    @GetMapping(ONE)
    JsonNode get(MerchantCaller caller, @PathVariable String id) {
        return view(events.find(owner(caller, "webhooks:read"), id));
    }

    @GetMapping(ONE + "/deliveries")
    Map<String, List<Delivery>> deliveries(MerchantCaller caller, @PathVariable String id) {
        return Map.of("data", events.deliveriesOf(owner(caller, "webhooks:read"), id));
    }

    @PostMapping(ONE + ":resend")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Map<String, Integer> resend(MerchantCaller caller, @PathVariable String id) {
        return Map.of("resent", events.resend(owner(caller, "webhooks:write"), id));
    }

    /** The secret that signs what goes to a payment's own notify_url. */
    @GetMapping("/v2/webhook_secret")
    Map<String, Object> secret(MerchantCaller caller) {
        var owner = owner(caller, "webhooks:write");
        return Map.of(
                "object",
                "webhook_secret",
                "livemode",
                owner.livemode(),
                "secret",
                secrets.reveal(owner.merchantId(), owner.livemode()));
    }

    @GetMapping("/v2/webhook_public_keys")
    Map<String, Object> publicKeys(MerchantCaller caller) {
        var owner = owner(caller, "webhooks:read");
        return Map.of(
                "object",
                "list",
                "data",
                List.of(
                        Map.of(
                                "version",
                                "v1a",
                                "livemode",
                                owner.livemode(),
                                "public_key",
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

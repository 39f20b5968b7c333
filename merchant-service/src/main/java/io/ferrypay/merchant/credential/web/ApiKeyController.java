package io.ferrypay.merchant.credential.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.credential.Credential;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.credential.MakeCredentials;
import io.ferrypay.problem.ApiException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "API keys")
@RestController
@RequestMapping("/v2/api_keys")
class ApiKeyController {

    private static final String KEY_ID = "key_[0-9A-HJKMNP-TV-Z]{26}";

    private final MakeCredentials credentials;
    private final Clock clock;

    ApiKeyController(MakeCredentials credentials, Clock clock) {
        this.credentials = credentials;
        this.clock = clock;
    }

    @Schema(name = "ApiKeyList")
    record ApiKeyList(
            String object, List<ApiKeyView> data, boolean hasMore, @Nullable String nextCursor) {}

    @Operation(
            operationId = "listApiKeys",
            summary = "List API keys",
            description = "Of the mode that the asking key has, newest first; never their secrets.")
    @GetMapping
    ApiKeyList list(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = KEY_ID) @Nullable String cursor) {
        caller.require("keys:read");
        var found = credentials.list(caller.merchantId(), caller.mode(), cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new ApiKeyList(
                "list",
                page.stream().map(this::view).toList(),
                more,
                more ? page.getLast().id() : null);
    }

    @Operation(operationId = "getApiKey", summary = "Fetch an API key")
    @GetMapping("/{id:" + KEY_ID + "}")
    ApiKeyView get(MerchantCaller caller, @PathVariable String id) {
        caller.require("keys:read");
        return view(credentials.find(caller.merchantId(), caller.mode(), id));
    }

    @Operation(
            operationId = "createApiKey",
            summary = "Make an API key",
            description =
                    "In the mode of the asking key, with at most its rights. `secret` stands in this"
                            + " answer only: a repeat under the same `Idempotency-Key` is 409"
                            + " `secret_already_shown` with `key_id`.")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ApiKeyView create(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody NewApiKey wanted) {
        caller.require("keys:write");
        var credential = wanted.asCredential(caller);
        var made =
                credentials.make(
                        caller.merchantId(),
                        credential,
                        IdempotentRequest.of(key, "create " + credential));
        return ApiKeyView.withSecret(made, clock.instant());
    }

    @Schema(name = "RollApiKey")
    record Roll(
            @Pattern(regexp = "now|1h|24h|7d", message = "is now, 1h, 24h or 7d")
                    @Nullable String expiresIn) {}

    @Operation(
            operationId = "rollApiKey",
            summary = "Roll an API key",
            description =
                    "Makes another key with the same rights. The old one works until `expires_in` is"
                            + " over: `now`, `1h`, `24h` or `7d`. `secret` stands in this answer only.")
    @PostMapping("/{id:" + KEY_ID + "}:roll")
    @ResponseStatus(HttpStatus.CREATED)
    ApiKeyView roll(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @PathVariable String id,
            @Valid @RequestBody Roll roll) {
        caller.require("keys:write");
        if (roll.expiresIn() == null) {
            throw ApiException.invalid("/expires_in", "required", "is missing");
        }
        refuseMoreRights(caller, credentials.find(caller.merchantId(), caller.mode(), id));
        var made =
                credentials.roll(
                        caller.merchantId(),
                        caller.mode(),
                        id,
                        Overlap.of(roll.expiresIn()),
                        IdempotentRequest.of(key, "roll " + id + " " + roll.expiresIn()));
        return ApiKeyView.withSecret(made, clock.instant());
    }

    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke an API key",
            description = "It works no more, within seconds. Repeating it changes nothing.")
    @PostMapping("/{id:" + KEY_ID + "}:revoke")
    ApiKeyView revoke(MerchantCaller caller, @PathVariable String id) {
        caller.require("keys:write");
        return view(credentials.revoke(caller.merchantId(), caller.mode(), id));
    }

    private static void refuseMoreRights(MerchantCaller caller, Credential credential) {
        NewApiKey.refuseMoreRights(caller, List.copyOf(credential.scopes()));
    }

    private ApiKeyView view(Credential credential) {
        return ApiKeyView.of(credential, clock.instant());
    }
}

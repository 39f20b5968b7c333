package io.ferrypay.merchant.credential.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.credential.Credential;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.credential.MakeCredentials;
import io.ferrypay.problem.ApiException;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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

    @GetMapping
    Map<String, Object> list(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = KEY_ID) @Nullable String cursor) {
        caller.require("keys:read");
        var found = credentials.list(caller.merchantId(), caller.mode(), cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        var answer = new java.util.LinkedHashMap<String, Object>();
        answer.put("object", "list");
        answer.put("data", page.stream().map(this::view).toList());
        answer.put("has_more", more);
        answer.put("next_cursor", more ? page.getLast().id() : null);
        return answer;
    }

    @GetMapping("/{id:" + KEY_ID + "}")
    ApiKeyView get(MerchantCaller caller, @PathVariable String id) {
        caller.require("keys:read");
        return view(credentials.find(caller.merchantId(), caller.mode(), id));
    }

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

    record Roll(
            @Pattern(regexp = "now|1h|24h|7d", message = "is now, 1h, 24h or 7d")
                    @Nullable String expiresIn) {}

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

package io.ferrypay.merchant.credential.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ferrypay.merchant.credential.Credential;
import io.ferrypay.merchant.credential.MakeCredentials.Made;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A key as its owner sees it; the secret only in the answer that made it. */
@Schema(name = "ApiKey")
record ApiKeyView(
        String id,
        String object,
        boolean livemode,
        @Schema(allowableValues = {"secret", "restricted"}) String kind,
        String name,
        String masked,
        List<String> scopes,
        List<String> ipAllowList,
        @Schema(allowableValues = {"active", "expired", "revoked"}) String status,
        @Nullable String replaces,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

    static ApiKeyView of(Credential credential, Instant now) {
        return of(credential, now, null);
    }

    static ApiKeyView withSecret(Made made, Instant now) {
        return of(made.credential(), now, made.secret());
    }

    private static ApiKeyView of(Credential credential, Instant now, @Nullable String secret) {
        var status =
                credential.revokedAt() != null
                        ? "revoked"
                        : credential.usableAt(now) ? "active" : "expired";
        return new ApiKeyView(
                credential.id(),
                "api_key",
                credential.mode().livemode(),
                credential.kind().name().toLowerCase(Locale.ROOT),
                credential.name(),
                credential.masked(),
                credential.scopes(),
                credential.ipAllowList(),
                status,
                credential.replaces(),
                credential.createdAt(),
                credential.expiresAt(),
                credential.revokedAt(),
                secret);
    }
}

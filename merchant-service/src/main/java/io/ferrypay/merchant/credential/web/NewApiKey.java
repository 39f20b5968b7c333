package io.ferrypay.merchant.credential.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.credential.CredentialKind;
import io.ferrypay.merchant.credential.CredentialRules;
import io.ferrypay.merchant.credential.NewCredential;
import io.ferrypay.problem.ApiException;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key is made in the mode of the key that asks. */
@Schema(name = "CreateApiKey")
record NewApiKey(
        @NotBlank
                @Size(max = 80)
                @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                String name,
        @NotNull @Pattern(regexp = "secret|restricted", message = "is secret or restricted")
                String kind,
        @Size(max = 20) @Nullable List<@NotNull String> scopes,
        @Size(max = 20) @Nullable List<@NotNull String> ipAllowList) {

    NewCredential asCredential(MerchantCaller caller) {
        var restricted = kind.equals("restricted");
        var rights = scopes == null ? List.<String>of() : scopes;
        if (restricted && rights.isEmpty()) {
            throw ApiException.invalid(
                    "/scopes", "required", "names at least one scope for a restricted key");
        }
        if (!restricted && !rights.isEmpty()) {
            throw ApiException.invalid(
                    "/scopes",
                    "not_allowed",
                    "is only for restricted keys; a secret key has all rights");
        }
        var wanted =
                new NewCredential(
                        caller.mode(),
                        restricted ? CredentialKind.RESTRICTED : CredentialKind.SECRET,
                        name,
                        CredentialRules.scopes(rights),
                        CredentialRules.addressRanges(
                                ipAllowList == null ? List.of() : ipAllowList));
        refuseMoreRights(caller, wanted.scopes());
        return wanted;
    }

    /** Otherwise a key that may only make keys could make itself master of the house. */
    static void refuseMoreRights(MerchantCaller caller, List<String> scopes) {
        for (var scope : scopes) {
            if (!caller.scopes().contains(scope)) {
                throw CredentialRules.scopeNotHeld(scope);
            }
        }
    }
}

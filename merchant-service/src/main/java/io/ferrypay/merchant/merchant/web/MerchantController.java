package io.ferrypay.merchant.merchant.web;

import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.merchant.LatePaymentPolicy;
import io.ferrypay.merchant.merchant.Merchant;
import io.ferrypay.merchant.merchant.MerchantDetails;
import io.ferrypay.merchant.merchant.Registration;
import io.ferrypay.merchant.merchant.Registrations;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Merchant")
@RestController
class MerchantController {

    private static final String ID = "/internal/merchants/{id:mer_[0-9A-HJKMNP-TV-Z]{26}}";

    private static final String METHODS = "wechat|alipay|jdpay|onlinebank";

    private final KeepMerchants merchants;

    MerchantController(KeepMerchants merchants) {
        this.merchants = merchants;
    }

    record RegistrationView(
            @NotNull
                    @Pattern(
                            regexp = "[0-9A-Za-z]{1,32}",
                            message = "has 1 to 32 letters and digits")
                    String subMerchantId,
            @NotNull @Pattern(regexp = "[0-9]{4}", message = "has four digits")
                    String categoryCode) {

        private Registration registration() {
            return new Registration(subMerchantId, categoryCode);
        }
    }

    record RegistrationsView(
            @Nullable
                    Map<
                            @Pattern(regexp = METHODS, message = "is not a method") String,
                            @NotNull @Valid RegistrationView>
                    live,
            @Nullable
                    Map<
                            @Pattern(regexp = METHODS, message = "is not a method") String,
                            @NotNull @Valid RegistrationView>
                    test) {

        private Registrations registrations() {
            return new Registrations(all(live), all(test));
        }

        private static Map<String, Registration> all(
                @Nullable Map<String, RegistrationView> views) {
            var all = new HashMap<String, Registration>();
            if (views != null) {
                views.forEach((method, view) -> all.put(method, view.registration()));
            }
            return all;
        }
    }

    record MerchantRequest(
            @NotBlank @Size(max = 120) String name,
            @NotBlank @Size(max = 60) String displayName,
            @NotNull @Pattern(regexp = "[A-Z]{2}", message = "is an ISO 3166 code of two letters")
                    String country,
            @NotNull @Pattern(regexp = "[A-Z]{3}", message = "is an ISO 4217 code of three letters")
                    String currency,
            @NotEmpty @Size(max = 10)
                    List<@NotNull @Pattern(regexp = METHODS, message = "is not a method") String>
                            allowedMethods,
            @Pattern(regexp = "accept|refund", message = "is accept or refund")
                    @Nullable String latePaymentPolicy,
            @Valid @Nullable RegistrationsView registrations) {

        MerchantDetails details() {
            return new MerchantDetails(
                    name,
                    displayName,
                    country,
                    currency,
                    allowedMethods,
                    "refund".equals(latePaymentPolicy)
                            ? LatePaymentPolicy.REFUND
                            : LatePaymentPolicy.ACCEPT,
                    registrations == null ? Registrations.NONE : registrations.registrations());
        }
    }

    @Schema(name = "Merchant")
    record MerchantView(
            String id,
            String object,
            String name,
            String displayName,
            String country,
            String currency,
            String status,
            List<String> allowedMethods,
            String latePaymentPolicy,
            Instant createdAt,
            Instant updatedAt) {

        static MerchantView of(Merchant merchant) {
            var details = merchant.details();
            return new MerchantView(
                    merchant.id(),
                    "merchant",
                    details.name(),
                    details.displayName(),
                    details.country(),
                    details.currency(),
                    merchant.status().name().toLowerCase(Locale.ROOT),
                    details.allowedMethods(),
                    details.latePaymentPolicy().name().toLowerCase(Locale.ROOT),
                    merchant.createdAt(),
                    merchant.updatedAt());
        }
    }

    @Operation(
            operationId = "getMerchant",
            summary = "Fetch yourself",
            description = "The merchant that the key belongs to.")
    @GetMapping("/v2/merchant")
    MerchantView own(MerchantCaller caller) {
        caller.require("merchant:read");
        return MerchantView.of(
                merchants
                        .find(caller.merchantId())
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND)));
    }

    @PostMapping("/internal/merchants")
    @ResponseStatus(HttpStatus.CREATED)
    MerchantView takeOn(@Valid @RequestBody MerchantRequest request) {
        return MerchantView.of(merchants.takeOn(request.details()));
    }

    @GetMapping(ID)
    MerchantView get(@PathVariable String id) {
        return MerchantView.of(
                merchants.find(id).orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND)));
    }

    @PutMapping(ID)
    MerchantView change(@PathVariable String id, @Valid @RequestBody MerchantRequest request) {
        return MerchantView.of(merchants.change(id, request.details()));
    }

    @PostMapping(ID + ":suspend")
    MerchantView suspend(@PathVariable String id) {
        return MerchantView.of(merchants.suspend(id));
    }

    @PostMapping(ID + ":reactivate")
    MerchantView reactivate(@PathVariable String id) {
        return MerchantView.of(merchants.reactivate(id));
    }
}

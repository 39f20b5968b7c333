package io.ferrypay.merchant.credential.web;

import io.ferrypay.merchant.credential.Credential;
import io.ferrypay.merchant.credential.RecogniseKey;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells the gateway whose key it has been shown. */
@RestController
class AuthenticationController {

    private final RecogniseKey keys;
    private final KeepMerchants merchants;
    private final RateLimits limits;

    AuthenticationController(RecogniseKey keys, KeepMerchants merchants, RateLimits limits) {
        this.keys = keys;
        this.merchants = merchants;
        this.limits = limits;
    }

    record Shown(@NotBlank @Size(max = 200) String key) {

        @Override
        public String toString() {
            return "Shown[…]";
        }
    }

    record RateLimit(int writesPerSecond, int readsPerSecond) {}

    @ConfigurationProperties("ferry.rate-limits")
    record RateLimits(@DefaultValue Test test, @DefaultValue Live live) {

        record Test(
                @DefaultValue("25") int writesPerSecond, @DefaultValue("25") int readsPerSecond) {}

        record Live(
                @DefaultValue("100") int writesPerSecond,
                @DefaultValue("500") int readsPerSecond) {}

        RateLimit of(Credential credential) {
            return credential.mode().livemode()
                    ? new RateLimit(live.writesPerSecond(), live.readsPerSecond())
                    : new RateLimit(test.writesPerSecond(), test.readsPerSecond());
        }
    }

    record Recognised(
            String merchantId,
            String mode,
            List<String> scopes,
            String keyId,
            List<String> ipAllowList,
            RateLimit rateLimit,
            String merchantStatus,
            @Nullable Instant validUntil) {}

    @PostMapping("/internal/api-keys:authenticate")
    Recognised authenticate(@Valid @RequestBody Shown shown) {
        var credential =
                keys.recognise(shown.key())
                        .orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
        var merchant =
                merchants
                        .find(credential.merchantId())
                        .orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
        return new Recognised(
                credential.merchantId(),
                credential.mode().text(),
                credential.scopes(),
                credential.id(),
                credential.ipAllowList(),
                limits.of(credential),
                merchant.status().name().toLowerCase(Locale.ROOT),
                credential.expiresAt());
    }
}

package io.ferrypay.merchant.signin.web;

import io.ferrypay.identity.ServiceCaller;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.signin.ExchangeSession;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells the gateway whose session it has been shown. */
@RestController
@Hidden
class ExchangeController {

    private static final String GATEWAY = "gateway-service";

    /** A person with a page, however busy, and not a machine. */
    private static final RateLimit LIMIT = new RateLimit(20, 50);

    private final ExchangeSession sessions;
    private final KeepMerchants merchants;

    ExchangeController(ExchangeSession sessions, KeepMerchants merchants) {
        this.sessions = sessions;
        this.merchants = merchants;
    }

    record Shown(@NotNull @Size(max = 200) String session) {

        @Override
        public String toString() {
            return "Shown[…]";
        }
    }

    record RateLimit(int writesPerSecond, int readsPerSecond) {}

    record Exchanged(
            String merchantId,
            List<String> scopes,
            String sessionId,
            String userId,
            RateLimit rateLimit,
            String merchantStatus) {}

    @PostMapping("/internal/portal-sessions:exchange")
    Exchanged exchange(ServiceCaller caller, @Valid @RequestBody Shown shown) {
        if (!caller.name().equals(GATEWAY)) {
            throw ApiException.of(CommonProblems.FORBIDDEN_SCOPE);
        }
        var known =
                sessions.exchange(shown.session())
                        .orElseThrow(() -> ApiException.of(CommonProblems.UNAUTHENTICATED));
        var merchant = merchants.find(known.merchantId()).orElseThrow();
        return new Exchanged(
                known.merchantId(),
                known.scopes(),
                known.sessionId(),
                known.userId(),
                LIMIT,
                merchant.status().name().toLowerCase(Locale.ROOT));
    }
}

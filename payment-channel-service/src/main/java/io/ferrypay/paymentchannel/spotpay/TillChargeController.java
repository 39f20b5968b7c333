package io.ferrypay.paymentchannel.spotpay;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.paymentchannel.channel.PayCode;
import io.ferrypay.paymentchannel.payment.web.IdempotencyHeader;
import io.ferrypay.paymentchannel.payment.web.Violations;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * A till's {@code POST /v2/spotpay/charges}: the gateway leads a signed one here, and one under a
 * shop's API key to the charges of shops. Described there, under the address both have.
 */
@Hidden
@RestController
class TillChargeController {

    private static final String WRITE = "payments:write";

    private final ChargeShopper chargeShopper;
    private final ShowSessions showSessions;
    private final TillRequests requests;

    TillChargeController(
            ChargeShopper chargeShopper, ShowSessions showSessions, TillRequests requests) {
        this.chargeShopper = chargeShopper;
        this.showSessions = showSessions;
        this.requests = requests;
    }

    /** The body of a charge, as it came. */
    record ChargeRequest(
            @Nullable String amount,
            @Nullable String currency,
            @Nullable String payCode,
            @Nullable String merchantReference) {

        ChargeShopper.Wish check() {
            var found = new Violations();
            var money = TillRequests.money(amount, currency, found);
            if (payCode == null) {
                found.required("/pay_code");
            } else if (!PayCode.isPayCode(payCode)) {
                found.add("/pay_code", "wrong_format", "must be 16 to 24 digits");
            }
            if (merchantReference != null) {
                found.pattern("/merchant_reference", merchantReference, TillRequests.REFERENCE);
            }
            found.refuseIfAny();
            return new ChargeShopper.Wish(
                    Optional.ofNullable(money).orElseThrow(),
                    new PayCode(Optional.ofNullable(payCode).orElseThrow()),
                    merchantReference);
        }

        /** The code is as good as money. */
        @Override
        public String toString() {
            return "ChargeRequest[" + merchantReference + "]";
        }
    }

    @PostMapping(
            path = "/v2/spotpay/sessions:charge",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<SessionView> charge(
            DeviceCaller device,
            @RequestHeader(name = IdempotencyHeader.NAME, required = false)
                    @Nullable String idempotencyKey,
            @RequestBody byte[] body,
            HttpServletRequest request) {
        device.require(WRITE);
        var key = IdempotencyHeader.check(idempotencyKey);
        var wanted = requests.read(ChargeRequest.class, body, request).check();
        var charged =
                chargeShopper.charge(
                        device,
                        wanted,
                        key,
                        IdempotencyHeader.fingerprint("POST", "/v2/spotpay/charges", body));
        var answer =
                ResponseEntity.created(
                        URI.create("/v2/spotpay/sessions/" + charged.session().id()));
        if (charged.replayed()) {
            answer.header(IdempotencyHeader.REPLAYED, "true");
        }
        return answer.body(showSessions.view(charged.session()));
    }
}

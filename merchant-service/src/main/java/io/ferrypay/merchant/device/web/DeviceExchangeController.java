package io.ferrypay.merchant.device.web;

import io.ferrypay.identity.ServiceCaller;
import io.ferrypay.merchant.device.DeviceSignature;
import io.ferrypay.merchant.device.ExchangeDeviceRequest;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Tells the gateway which device has signed a request. */
@RestController
class DeviceExchangeController {

    private static final String GATEWAY = "gateway-service";

    /** A person at a till, or its program that asks how a payment stands. */
    private static final RateLimit LIMIT = new RateLimit(10, 20);

    private final ExchangeDeviceRequest exchange;
    private final KeepMerchants merchants;

    DeviceExchangeController(ExchangeDeviceRequest exchange, KeepMerchants merchants) {
        this.exchange = exchange;
        this.merchants = merchants;
    }

    /**
     * A request as it reached the gateway; hash and signature are in Base64.
     *
     * @param bodySha256 of the body itself, not what the device said of it
     * @param idempotencyKey not signed: it only narrows what a proof is good for
     */
    record Signed(
            @NotNull @Size(max = 100) String keyId,
            @NotNull @Size(max = 10) String method,
            @NotNull @Size(max = 4000) String path,
            @NotNull @Size(max = 4000) String query,
            @NotNull @Size(max = 44) String bodySha256,
            @NotNull Long created,
            @NotNull @Size(max = 100) String nonce,
            @NotNull @Size(max = 100) String signature,
            @Size(max = 100) @Nullable String cashierProof,
            @Size(max = 64) @Nullable String idempotencyKey) {

        @Override
        public String toString() {
            return "Signed[…]";
        }
    }

    record RateLimit(int writesPerSecond, int readsPerSecond) {}

    record Exchanged(
            String merchantId,
            String mode,
            String keyId,
            List<String> scopes,
            String device,
            String store,
            String storeName,
            String timeZone,
            @Nullable String cashier,
            RateLimit rateLimit,
            String merchantStatus) {}

    @PostMapping("/internal/device-requests:exchange")
    Exchanged exchange(ServiceCaller caller, @Valid @RequestBody Signed request) {
        if (!caller.name().equals(GATEWAY)) {
            throw ApiException.of(CommonProblems.FORBIDDEN_SCOPE);
        }
        var known =
                exchange.exchange(
                        new DeviceSignature(
                                request.keyId(),
                                request.method(),
                                request.path(),
                                request.query(),
                                request.bodySha256(),
                                request.created(),
                                request.nonce(),
                                request.signature()),
                        request.cashierProof(),
                        request.idempotencyKey());
        var device = known.device();
        var merchant = merchants.find(device.merchantId()).orElseThrow();
        return new Exchanged(
                device.merchantId(),
                device.mode().text(),
                Objects.requireNonNull(device.keyId()),
                known.scopes(),
                device.id(),
                known.store().id(),
                known.store().name(),
                known.store().timeZone().getId(),
                known.cashierId(),
                LIMIT,
                merchant.status().name().toLowerCase(Locale.ROOT));
    }
}

package io.ferrypay.merchant.device.web;

import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.merchant.device.Cashier;
import io.ferrypay.merchant.device.Device;
import io.ferrypay.merchant.device.KeepCashiers;
import io.ferrypay.merchant.device.KeepDevices;
import io.ferrypay.merchant.device.OneRefund;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/spotpay}: what a device asks about itself and who works at it. */
@Tag(name = "What a till calls")
@RestController
@RequestMapping("/v2/spotpay")
class TillController {

    private final KeepDevices devices;
    private final KeepCashiers cashiers;
    private final KeepMerchants merchants;
    private final Clock clock;

    TillController(
            KeepDevices devices, KeepCashiers cashiers, KeepMerchants merchants, Clock clock) {
        this.devices = devices;
        this.cashiers = cashiers;
        this.merchants = merchants;
        this.clock = clock;
    }

    @Schema(name = "TillName")
    record Name(String id, String name) {

        static Name of(Cashier cashier) {
            return new Name(cashier.id(), cashier.name());
        }
    }

    @Schema(name = "TillShift")
    record Shift(Name cashier, Instant beganAt) {}

    /**
     * @param currency the only one it can ask for
     * @param methods ways to pay that the merchant has
     * @param cashiers who may sign in here
     * @param shift who is signed in
     */
    @Schema(name = "Till")
    record Till(
            String id,
            String object,
            boolean livemode,
            String name,
            String merchant,
            Name store,
            String timeZone,
            String currency,
            List<String> methods,
            List<Name> cashiers,
            @Nullable Shift shift,
            Instant serverTime) {}

    @Operation(
            operationId = "getTill",
            summary = "What a till asks about itself",
            description = "Signed by the device.")
    @GetMapping("/device")
    Till device(DeviceCaller caller) {
        var device = devices.find(caller.merchantId(), caller.mode(), caller.deviceId());
        var merchant = merchants.find(caller.merchantId()).orElseThrow().details();
        return new Till(
                device.id(),
                "device",
                device.mode().livemode(),
                device.name(),
                merchant.displayName(),
                new Name(caller.storeId(), caller.storeName()),
                caller.timeZone().getId(),
                merchant.currency(),
                merchant.allowedMethods(),
                cashiers.of(caller.storeId()).stream().map(Name::of).toList(),
                shift(device),
                clock.instant());
    }

    private @Nullable Shift shift(Device device) {
        return device.cashierId() == null || device.cashierSince() == null
                ? null
                : new Shift(
                        Name.of(
                                cashiers.find(
                                        device.merchantId(), device.mode(), device.cashierId())),
                        device.cashierSince());
    }

    @Schema(name = "CashierSignIn")
    record SignIn(
            @NotNull @Pattern(regexp = "cas_[0-9A-HJKMNP-TV-Z]{26}", message = "is not a cashier")
                    String cashier,
            @NotNull @Pattern(regexp = "[0-9]{4,8}", message = "has four to eight digits")
                    String pin) {

        @Override
        public String toString() {
            return "SignIn[…]";
        }
    }

    /**
     * @param proof to be sent as {@code Ferry-Cashier} with what needs it
     */
    @Schema(name = "CashierProof")
    record SignedIn(String object, Name cashier, String proof, Instant expiresAt, Shift shift) {

        @Override
        public String toString() {
            return "SignedIn[" + cashier.id() + "]";
        }
    }

    @Operation(
            operationId = "signInCashier",
            summary = "Sign a cashier in",
            description = "Begins a shift and gives a proof of ten minutes. Signed by the device.")
    @PostMapping("/cashiers:sign_in")
    SignedIn signIn(DeviceCaller caller, @Valid @RequestBody SignIn request) {
        var done = cashiers.signIn(caller, request.cashier(), request.pin());
        var name = Name.of(done.cashier());
        return new SignedIn(
                "cashier_proof",
                name,
                done.proof(),
                done.proofExpiresAt(),
                new Shift(name, done.shiftBegan()));
    }

    record RefundToAuthorize(
            @NotNull @Pattern(regexp = "cas_[0-9A-HJKMNP-TV-Z]{26}", message = "is not a cashier")
                    String cashier,
            @NotNull @Pattern(regexp = "[0-9]{4,8}", message = "has four to eight digits")
                    String pin,
            @NotNull @Pattern(regexp = "spot_[0-9A-HJKMNP-TV-Z]{26}", message = "is not a session")
                    String session,
            @NotNull @Pattern(regexp = "[!-~]{1,64}", message = "has 1 to 64 visible characters")
                    String idempotencyKey,
            @Schema(
                            description =
                                    "SHA-256 of the refund request's body, byte for byte, in"
                                            + " Base64: what `Content-Digest` will say of it. So"
                                            + " the proof is good for that amount alone.",
                            example = "RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=")
                    @NotNull
                    @Pattern(regexp = "[A-Za-z0-9+/]{43}=", message = "is not a SHA-256 in Base64")
                    String bodySha256) {

        @Override
        public String toString() {
            return "RefundToAuthorize[…]";
        }
    }

    /**
     * @param proof to be sent as {@code Ferry-Cashier} with that refund
     */
    record RefundAuthorized(String object, Name cashier, String proof, Instant expiresAt) {

        @Override
        public String toString() {
            return "RefundAuthorized[" + cashier.id() + "]";
        }
    }

    @Operation(
            operationId = "authorizeRefund",
            summary = "Let a cashier answer for one refund",
            description =
                    "Asks for the PIN and gives a proof for this refund and this amount alone. The shift stays whose it is. Signed by the device.")
    @PostMapping("/cashiers:authorize_refund")
    RefundAuthorized authorizeRefund(
            DeviceCaller caller, @Valid @RequestBody RefundToAuthorize request) {
        var done =
                cashiers.authorizeRefund(
                        caller,
                        request.cashier(),
                        request.pin(),
                        new OneRefund(
                                request.session(), request.idempotencyKey(), request.bodySha256()));
        return new RefundAuthorized(
                "refund_proof", Name.of(done.cashier()), done.proof(), done.proofExpiresAt());
    }

    @Operation(
            operationId = "signOutCashier",
            summary = "Sign the cashier out",
            description = "Ends the shift. Signed by the device.")
    @PostMapping("/cashiers:sign_out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void signOut(DeviceCaller caller) {
        cashiers.signOut(caller);
    }
}

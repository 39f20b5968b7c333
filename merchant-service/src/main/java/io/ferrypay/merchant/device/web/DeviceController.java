package io.ferrypay.merchant.device.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.ferrypay.identity.MerchantCaller;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.device.Device;
import io.ferrypay.merchant.device.KeepDevices;
import io.ferrypay.merchant.signin.MerchantTries;
import io.ferrypay.signin.ClientAddress;
import io.ferrypay.signin.Tries;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v2/devices}: a merchant's tills; and the one call of a till that has no key yet. */
@Tag(name = "Devices")
@RestController
class DeviceController {

    static final String ID = "dev_[0-9A-HJKMNP-TV-Z]{26}";

    private final KeepDevices devices;
    private final Tries tries;

    DeviceController(KeepDevices devices, Tries tries) {
        this.devices = devices;
        this.tries = tries;
    }

    @Schema(name = "CreateDevice")
    record NewDevice(
            @NotNull @Pattern(regexp = "store_[0-9A-HJKMNP-TV-Z]{26}", message = "is not a store")
                    String store,
            @NotBlank
                    @Size(max = 60)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                    String name) {}

    @Schema(name = "ChangeDevice")
    record Change(
            @NotBlank
                    @Size(max = 60)
                    @Pattern(regexp = "[^\\p{Cntrl}]*", message = "has no control characters")
                    String name) {}

    /**
     * @param pairingCode only in the answer that made it
     */
    @Schema(name = "Device")
    record DeviceView(
            String id,
            String object,
            boolean livemode,
            String store,
            String name,
            @Schema(allowableValues = {"unpaired", "active", "revoked"}) String status,
            @Nullable String keyId,
            @Nullable String cashier,
            @Nullable Instant pairingEndsAt,
            Instant createdAt,
            @Nullable Instant pairedAt,
            @Schema(description = "When it last asked for something, to the minute.")
                    @Nullable Instant lastSeenAt,
            @Nullable Instant revokedAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String pairingCode) {

        static DeviceView of(Device device, @Nullable String pairingCode) {
            return new DeviceView(
                    device.id(),
                    "device",
                    device.mode().livemode(),
                    device.storeId(),
                    device.name(),
                    device.status().name().toLowerCase(Locale.ROOT),
                    device.keyId(),
                    device.cashierId(),
                    device.pairingEndsAt(),
                    device.createdAt(),
                    device.pairedAt(),
                    device.lastSeenAt(),
                    device.revokedAt(),
                    pairingCode);
        }

        @Override
        public String toString() {
            return "DeviceView[" + id + "]";
        }
    }

    @Schema(name = "DeviceList")
    record DeviceList(
            String object, List<DeviceView> data, boolean hasMore, @Nullable String nextCursor) {}

    @Operation(operationId = "listDevices", summary = "List devices", description = "Newest first.")
    @GetMapping("/v2/devices")
    DeviceList list(
            MerchantCaller caller,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit,
            @RequestParam(required = false) @Pattern(regexp = ID) @Nullable String cursor) {
        caller.require("devices:read");
        var found = devices.list(caller.merchantId(), caller.mode(), cursor, limit + 1);
        var more = found.size() > limit;
        var page = found.subList(0, Math.min(limit, found.size()));
        return new DeviceList(
                "list",
                page.stream().map(device -> DeviceView.of(device, null)).toList(),
                more,
                more ? page.getLast().id() : null);
    }

    @Operation(operationId = "getDevice", summary = "Fetch a device")
    @GetMapping("/v2/devices/{id:" + ID + "}")
    DeviceView get(MerchantCaller caller, @PathVariable String id) {
        caller.require("devices:read");
        return DeviceView.of(devices.find(caller.merchantId(), caller.mode(), id), null);
    }

    @Operation(
            operationId = "createDevice",
            summary = "Make a device",
            description =
                    "`pairing_code` stands in this answer only; whoever types it into the till gives"
                            + " it its key.")
    @PostMapping("/v2/devices")
    @ResponseStatus(HttpStatus.CREATED)
    DeviceView make(
            MerchantCaller caller,
            @RequestHeader("Idempotency-Key") String key,
            @Valid @RequestBody NewDevice wanted) {
        caller.require("devices:write");
        return view(
                devices.make(
                        caller.merchantId(),
                        caller.mode(),
                        wanted.store(),
                        wanted.name(),
                        IdempotentRequest.of(key, "make " + wanted)));
    }

    @Operation(
            operationId = "changeDevice",
            summary = "Give a device another name",
            description = "Also one that is revoked, for the sake of reports.")
    @PatchMapping("/v2/devices/{id:" + ID + "}")
    DeviceView rename(
            MerchantCaller caller, @PathVariable String id, @Valid @RequestBody Change wanted) {
        caller.require("devices:write");
        return DeviceView.of(
                devices.rename(caller.merchantId(), caller.mode(), id, wanted.name()), null);
    }

    @Operation(
            operationId = "renewPairingCode",
            summary = "Make another pairing code",
            description = "Of a device that is not paired yet; the one before works no more.")
    @PostMapping("/v2/devices/{id:" + ID + "}:new_pairing_code")
    DeviceView newCode(MerchantCaller caller, @PathVariable String id) {
        caller.require("devices:write");
        return view(devices.newCode(caller.merchantId(), caller.mode(), id));
    }

    @Operation(
            operationId = "revokeDevice",
            summary = "Revoke a device",
            description = "Its key works no more, at once. Repeating it changes nothing.")
    @PostMapping("/v2/devices/{id:" + ID + "}:revoke")
    DeviceView revoke(MerchantCaller caller, @PathVariable String id) {
        caller.require("devices:write");
        return DeviceView.of(devices.revoke(caller.merchantId(), caller.mode(), id), null);
    }

    @Schema(name = "PairDevice")
    record Pairing(
            @NotNull @Pattern(regexp = "[0-9]{8}", message = "has eight digits") String pairingCode,
            @NotNull @Size(max = 200) String publicKey) {

        @Override
        public String toString() {
            return "Pairing[…]";
        }
    }

    /** What a device has to remember of its pairing. */
    @Schema(name = "PairedDevice")
    record Paired(
            String id, String object, boolean livemode, String keyId, String store, String name) {}

    @Operation(
            operationId = "pairDevice",
            summary = "Pair a device",
            description =
                    "Called by the till itself, with the code in place of an API key and with the"
                            + " public half of a key that it made.")
    @PostMapping("/v2/devices:pair")
    Paired pair(@Valid @RequestBody Pairing pairing, HttpServletRequest request) {
        // A right code forgives nothing: whoever has one of their own could go on guessing.
        tries.count(MerchantTries.PAIRING, ClientAddress.subscriberOf(request));
        tries.count(MerchantTries.PAIRING_ANYWHERE, "");
        var device = devices.pair(pairing.pairingCode(), pairing.publicKey());
        tries.takeBack(MerchantTries.PAIRING_ANYWHERE, "");
        return new Paired(
                device.id(),
                "device",
                device.mode().livemode(),
                java.util.Objects.requireNonNull(device.keyId()),
                device.storeId(),
                device.name());
    }

    private static DeviceView view(KeepDevices.WithCode made) {
        return DeviceView.of(made.device(), made.pairingCode());
    }
}

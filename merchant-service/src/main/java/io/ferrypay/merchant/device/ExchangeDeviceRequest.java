package io.ferrypay.merchant.device;

import io.ferrypay.merchant.store.KeepStores;
import io.ferrypay.merchant.store.Store;
import io.ferrypay.problem.ApiException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/**
 * Tells the gateway for which device a signed request speaks, and what it may do. Each request is
 * looked at by itself, so that a revoked device is out at once and nothing is done twice.
 */
@Service
public class ExchangeDeviceRequest {

    /** How far a device's clock may be off. */
    static final Duration SKEW = Duration.ofMinutes(5);

    /** A till asks every few seconds; that it is there is written down less often. */
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private static final int BATCH = 5000;

    private static final List<String> OWN_SALES = List.of("payments:read", "payments:write");
    private static final List<String> OWN_SALES_AND_REFUNDS =
            List.of("payments:read", "payments:write", "refunds:write");

    private final DeviceTable devices;
    private final CashierTable cashierTable;
    private final KeepCashiers cashiers;
    private final KeepStores stores;
    private final Clock clock;

    ExchangeDeviceRequest(
            DeviceTable devices,
            CashierTable cashierTable,
            KeepCashiers cashiers,
            KeepStores stores,
            Clock clock) {
        this.devices = devices;
        this.cashierTable = cashierTable;
        this.cashiers = cashiers;
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * @param cashierId who answers for the request: whoever gave the PIN for it, else who is signed
     *     in; null when nobody is
     * @param scopes with {@code refunds:write} only if the proof is good
     */
    public record Known(
            Device device, Store store, @Nullable String cashierId, List<String> scopes) {}

    /**
     * Refuses with 401: {@code unauthenticated}, {@code clock_skewed} (with {@code server_time}),
     * {@code signature_invalid}, {@code device_revoked} or {@code nonce_used}. A nonce counts as
     * used only under a good signature, so nobody else can use it up.
     *
     * @param proof of a cashier, if one came with the request; a wrong one gives no right
     * @param idempotencyKey that came with the request
     */
    public Known exchange(
            DeviceSignature request, @Nullable String proof, @Nullable String idempotencyKey) {
        var keyed =
                devices.byKey(request.keyId())
                        .orElseThrow(() -> ApiException.of(DeviceProblems.KEY_UNKNOWN));
        var device = keyed.device();
        var now = clock.instant();
        var created = Instant.ofEpochSecond(request.created());
        if (Duration.between(created, now).abs().compareTo(SKEW) > 0) {
            throw ApiException.of(
                    DeviceProblems.CLOCK_SKEWED,
                    problem -> problem.with("server_time", now.getEpochSecond()));
        }
        if (!request.isBy(keyed.publicKey())) {
            throw ApiException.of(DeviceProblems.SIGNATURE_INVALID);
        }
        if (device.status() == Device.Status.REVOKED) {
            throw ApiException.of(DeviceProblems.KEY_REVOKED);
        }
        var store = stores.find(device.merchantId(), device.mode(), device.storeId()).orElseThrow();
        if (store.isClosed()) {
            throw ApiException.of(DeviceProblems.KEY_REVOKED);
        }
        // As long as the same signature could come again.
        if (!devices.spend(device.id(), request.nonce(), created.plus(SKEW).plusSeconds(1))) {
            throw ApiException.of(DeviceProblems.NONCE_USED);
        }
        var seen = device.lastSeenAt();
        if (seen == null || seen.isBefore(now.minus(SEEN_EVERY))) {
            devices.seen(device.id(), now, now.minus(SEEN_EVERY));
        }
        var proven =
                proof == null
                        ? Optional.<String>empty()
                        : cashiers.answersFor(proof, device, request, idempotencyKey);
        return new Known(
                device,
                store,
                proven.orElse(device.cashierId()),
                proven.isPresent() ? OWN_SALES_AND_REFUNDS : OWN_SALES);
    }

    @Scheduled(fixedDelayString = "PT1M")
    void forgetOld() {
        while (devices.forgetNonces(clock.instant(), BATCH) == BATCH) {
            // A busy minute has left more than one batch.
        }
        cashierTable.forgetProofs(clock.instant(), BATCH);
    }
}

package io.ferrypay.merchant.device;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.Mode;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.request.DoneRequests;
import io.ferrypay.merchant.store.KeepStores;
import io.ferrypay.merchant.store.StoreChanged;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes devices, pairs them by a code that is good once for ten minutes, and revokes them. */
@Service
public class KeepDevices {

    static final Duration PAIRING = Duration.ofMinutes(10);

    private static final String AFTER_ALL = "dev_~";
    private static final String PAIRING_CODE = "pairing code";
    private static final String LETTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int KEY_ID_LETTERS = 24;
    private static final int CODES = 100_000_000;

    private final DeviceTable devices;
    private final KeepStores stores;
    private final DoneRequests requests;
    private final KeyedHash hash;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    KeepDevices(
            DeviceTable devices,
            KeepStores stores,
            DoneRequests requests,
            KeyedHash hash,
            Clock clock) {
        this.devices = devices;
        this.stores = stores;
        this.requests = requests;
        this.hash = hash;
        this.clock = clock;
    }

    /**
     * A device and the code to pair it, which nobody can read again later.
     *
     * @param pairingCode eight digits; null when it was given before
     */
    public record WithCode(Device device, @Nullable String pairingCode) {

        @Override
        public String toString() {
            return "WithCode[" + device.id() + "]";
        }
    }

    /**
     * Makes a device once for an idempotency key; a repeat finds the one it made, without its code.
     * Refuses with 422 {@code unknown_store}.
     */
    @Transactional
    public WithCode make(
            String merchantId, Mode mode, String storeId, String name, IdempotentRequest request) {
        var before = requests.find(merchantId, mode, request);
        if (before.isPresent()) {
            return new WithCode(find(merchantId, mode, before.get()), null);
        }
        if (stores.hold(merchantId, mode, storeId).isEmpty()) {
            throw ApiException.of(DeviceProblems.UNKNOWN_STORE);
        }
        var code = unusedCode();
        var endsAt = now().plus(PAIRING);
        var device =
                new Device(
                        "dev_" + UlidCreator.getMonotonicUlid(),
                        merchantId,
                        mode,
                        storeId,
                        name,
                        null,
                        null,
                        null,
                        endsAt,
                        now(),
                        null,
                        null,
                        null);
        devices.add(device, hash.of(PAIRING_CODE, code), endsAt);
        requests.remember(merchantId, mode, request, device.id());
        return new WithCode(find(merchantId, mode, device.id()), code);
    }

    /**
     * Another code: the one before is worthless from now on, and a key the device has goes on until
     * the code is used. Refuses with 409 {@code device_revoked}.
     */
    @Transactional
    public WithCode newCode(String merchantId, Mode mode, String id) {
        find(merchantId, mode, id);
        var code = unusedCode();
        if (!devices.giveCode(id, hash.of(PAIRING_CODE, code), now().plus(PAIRING))) {
            throw ApiException.of(DeviceProblems.DEVICE_REVOKED);
        }
        return new WithCode(find(merchantId, mode, id), code);
    }

    /**
     * Gives the device that has this code its key. A key it had before is worthless from now on.
     * Refuses with 403 {@code pairing_code_invalid}.
     *
     * @param publicKey SubjectPublicKeyInfo in Base64
     */
    @Transactional
    public Device pair(String code, String publicKey) {
        var key = PublicKeys.check(publicKey);
        return devices.pair(hash.of(PAIRING_CODE, code), letters(), key, now())
                .orElseThrow(() -> ApiException.of(DeviceProblems.PAIRING_CODE_INVALID));
    }

    /** Also one that is revoked: its sales stay in the reports. */
    @Transactional
    public Device rename(String merchantId, Mode mode, String id, String name) {
        find(merchantId, mode, id);
        devices.rename(id, name);
        return find(merchantId, mode, id);
    }

    /** For good, and at once. Nothing happens to one that is revoked already. */
    @Transactional
    public Device revoke(String merchantId, Mode mode, String id) {
        find(merchantId, mode, id);
        devices.revoke(id, now());
        return find(merchantId, mode, id);
    }

    /** A till of a closed store is out, whether paired or waiting for its code. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void follow(StoreChanged changed) {
        if (changed.store().isClosed()) {
            devices.revokeAllOf(changed.store().id(), now());
        }
    }

    /** Refuses with 404 what is not this merchant's in this mode. */
    @Transactional(readOnly = true)
    public Device find(String merchantId, Mode mode, String id) {
        return devices.find(merchantId, mode, id)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /** Newest first, those older than {@code before} if it is given. */
    @Transactional(readOnly = true)
    public List<Device> list(String merchantId, Mode mode, @Nullable String before, int limit) {
        return devices.newestBefore(merchantId, mode, before == null ? AFTER_ALL : before, limit);
    }

    private String unusedCode() {
        while (true) {
            var code = "%08d".formatted(random.nextInt(CODES));
            if (!devices.isGiven(hash.of(PAIRING_CODE, code), now())) {
                return code; // One of a hundred million: hardly ever a second turn.
            }
        }
    }

    private String letters() {
        var text = new StringBuilder(KEY_ID_LETTERS);
        for (var i = 0; i < KEY_ID_LETTERS; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

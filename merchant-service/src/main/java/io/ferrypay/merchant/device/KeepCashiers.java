package io.ferrypay.merchant.device;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.DeviceCaller;
import io.ferrypay.identity.Mode;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.request.DoneRequests;
import io.ferrypay.merchant.signin.MerchantTries;
import io.ferrypay.merchant.store.KeepStores;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import io.ferrypay.signin.Passwords;
import io.ferrypay.signin.Tries;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes cashiers on, and lets them sign in on their store's devices by a PIN. A PIN is short, so it
 * is kept under a key that is not in the database and then by Argon2id, and only few are tried.
 */
@Service
public class KeepCashiers {

    static final Duration PROOF = Duration.ofMinutes(10);

    /** Whoever signs in again within that goes on with the same shift. */
    static final Duration LONGEST_SHIFT = Duration.ofHours(14);

    private static final String AFTER_ALL = "cas_~";
    private static final int MOST_OF_STORE = 50;
    private static final int PROOF_BYTES = 32;

    private final CashierTable cashiers;
    private final DeviceTable devices;
    private final KeepStores stores;
    private final KeepMerchants merchants;
    private final CashierEvents events;
    private final DoneRequests requests;
    private final Passwords passwords;
    private final Tries tries;
    private final KeyedHash hash;
    private final TransactionOperations transactions;
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    KeepCashiers(
            CashierTable cashiers,
            DeviceTable devices,
            KeepStores stores,
            KeepMerchants merchants,
            CashierEvents events,
            DoneRequests requests,
            Passwords passwords,
            Tries tries,
            KeyedHash hash,
            TransactionOperations transactions,
            Clock clock) {
        this.cashiers = cashiers;
        this.devices = devices;
        this.stores = stores;
        this.merchants = merchants;
        this.events = events;
        this.requests = requests;
        this.passwords = passwords;
        this.tries = tries;
        this.hash = hash;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * What a cashier is to be.
     *
     * @param pin four to eight digits
     */
    public record NewCashier(String storeId, String name, String pin) {

        @Override
        public String toString() {
            return "NewCashier[" + storeId + " " + name + "]";
        }
    }

    /**
     * Once for an idempotency key; a repeat finds the one it made. Refuses with 422 {@code
     * unknown_store} or {@code too_many_cashiers}.
     */
    public Cashier takeOn(
            String merchantId, Mode mode, NewCashier wanted, IdempotentRequest request) {
        var id = "cas_" + UlidCreator.getMonotonicUlid();
        // Outside of the transaction: it takes a while, and others wait for it.
        var pinHash = passwords.hash(keyed(id, wanted.pin()));
        return Objects.requireNonNull(
                transactions.execute(_ -> add(merchantId, mode, wanted, request, id, pinHash)));
    }

    private Cashier add(
            String merchantId,
            Mode mode,
            NewCashier wanted,
            IdempotentRequest request,
            String id,
            String pinHash) {
        var before = requests.find(merchantId, mode, request);
        if (before.isPresent()) {
            return find(merchantId, mode, before.get());
        }
        if (stores.hold(merchantId, mode, wanted.storeId()).isEmpty()) {
            throw ApiException.of(DeviceProblems.UNKNOWN_STORE);
        }
        if (cashiers.countLocked(wanted.storeId()) >= MOST_OF_STORE) {
            throw ApiException.of(
                    DeviceProblems.TOO_MANY_CASHIERS, "There may be " + MOST_OF_STORE + ".");
        }
        cashiers.add(
                new Cashier(
                        id,
                        merchantId,
                        mode,
                        wanted.storeId(),
                        wanted.name(),
                        Cashier.Limits.NONE,
                        now(),
                        null),
                pinHash);
        requests.remember(merchantId, mode, request, id);
        return find(merchantId, mode, id);
    }

    /** Refuses with 409 {@code cashier_disabled}. */
    public Cashier setPin(String merchantId, Mode mode, String id, String pin) {
        find(merchantId, mode, id);
        var pinHash = passwords.hash(keyed(id, pin));
        if (!Boolean.TRUE.equals(transactions.execute(_ -> cashiers.setPin(id, pinHash)))) {
            throw ApiException.of(DeviceProblems.CASHIER_DISABLED);
        }
        tries.forgive(MerchantTries.CASHIER_PIN, id);
        return find(merchantId, mode, id);
    }

    /** For good, and at once. Nothing happens to one who is disabled already. */
    @Transactional
    public Cashier disable(String merchantId, Mode mode, String id) {
        var before = find(merchantId, mode, id);
        var revision = cashiers.disable(id, now());
        var disabled = find(merchantId, mode, id);
        if (revision.isPresent() && !before.limits().equals(Cashier.Limits.NONE)) {
            events.changed(disabled, currencyOf(merchantId), revision.get());
        }
        return disabled;
    }

    /**
     * All limits as they shall be, from the next sale or refund on that hears of it: within a
     * second or two. Refuses with 409 {@code cashier_disabled}.
     */
    @Transactional
    public Cashier limit(String merchantId, Mode mode, String id, Cashier.Limits limits) {
        find(merchantId, mode, id);
        var currency = currencyOf(merchantId);
        var revision =
                cashiers.limit(id, currency, limits)
                        .orElseThrow(() -> ApiException.of(DeviceProblems.CASHIER_DISABLED));
        var limited = find(merchantId, mode, id);
        events.changed(limited, currency, revision);
        return limited;
    }

    /** In which limits are. */
    public String currencyOf(String merchantId) {
        return merchants.find(merchantId).orElseThrow().details().currency();
    }

    /** Refuses with 404 what is not this merchant's in this mode. */
    public Cashier find(String merchantId, Mode mode, String id) {
        return cashiers.find(merchantId, mode, id)
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /** Newest first, those older than {@code before} if it is given. */
    public List<Cashier> list(String merchantId, Mode mode, @Nullable String before, int limit) {
        return cashiers.newestBefore(merchantId, mode, before == null ? AFTER_ALL : before, limit);
    }

    /** Who may sign in on a device of that store. */
    public List<Cashier> of(String storeId) {
        return cashiers.of(storeId);
    }

    /**
     * That a cashier gave the PIN.
     *
     * @param proof to be sent with what needs it, until it is over
     * @param shiftBegan also when the cashier was signed in before
     */
    public record SignedIn(
            Cashier cashier, String proof, Instant proofExpiresAt, Instant shiftBegan) {

        @Override
        public String toString() {
            return "SignedIn[" + cashier.id() + "]";
        }
    }

    /**
     * Refuses with 403 {@code wrong_pin}, for somebody unknown as well, and with 429 {@code
     * too_many_attempts} after five wrong PINs of a cashier of the device's store, or fifteen on a
     * device, in fifteen minutes. A right PIN does not give a device its wrong ones back.
     */
    public SignedIn signIn(DeviceCaller device, String cashierId, String pin) {
        var pinHash = checkPin(device, cashierId, pin);
        var done =
                Objects.requireNonNull(
                        transactions.execute(_ -> begin(device, cashierId, pinHash)));
        forgive(device, cashierId);
        return done;
    }

    /**
     * That a cashier gave the PIN for one refund.
     *
     * @param proof to be sent with that refund, until it is over
     */
    public record RefundAuthorized(Cashier cashier, String proof, Instant proofExpiresAt) {

        @Override
        public String toString() {
            return "RefundAuthorized[" + cashier.id() + "]";
        }
    }

    /**
     * Any cashier of the store may answer for a refund, such as a manager at somebody else's till:
     * whoever is signed in stays so. Refuses as {@link #signIn} does.
     */
    public RefundAuthorized authorizeRefund(
            DeviceCaller device, String cashierId, String pin, OneRefund refund) {
        var pinHash = checkPin(device, cashierId, pin);
        var done =
                Objects.requireNonNull(
                        transactions.execute(_ -> {
                            refuseUnlessStill(device, cashierId, pinHash);
                            var now = now();
                            var proof = newProof(device, cashierId, refund, now);
                            return new RefundAuthorized(
                                    find(device.merchantId(), device.mode(), cashierId),
                                    proof,
                                    now.plus(PROOF));
                        }));
        forgive(device, cashierId);
        return done;
    }

    /** The hash of the PIN that was right. */
    private String checkPin(DeviceCaller device, String cashierId, String pin) {
        tries.count(MerchantTries.DEVICE_PIN, device.deviceId());
        var pinHash = cashiers.pinHash(cashierId, device.storeId()).orElse(null);
        if (pinHash != null) {
            // Only on the store's own devices: no other can lock a cashier out.
            tries.count(MerchantTries.CASHIER_PIN, cashierId);
        }
        if (!passwords.matches(keyed(cashierId, pin), pinHash) || pinHash == null) {
            throw ApiException.of(DeviceProblems.WRONG_PIN);
        }
        return pinHash;
    }

    private void forgive(DeviceCaller device, String cashierId) {
        tries.forgive(MerchantTries.CASHIER_PIN, cashierId);
        tries.takeBack(MerchantTries.DEVICE_PIN, device.deviceId());
    }

    /**
     * @param checkedHash of the PIN that was right; another one may have been set meanwhile
     */
    SignedIn begin(DeviceCaller device, String cashierId, String checkedHash) {
        refuseUnlessStill(device, cashierId, checkedHash);
        var now = now();
        var proof = newProof(device, cashierId, null, now);
        var till = devices.beginShift(device.deviceId(), cashierId, now, now.minus(LONGEST_SHIFT));
        return new SignedIn(
                find(device.merchantId(), device.mode(), cashierId),
                proof,
                now.plus(PROOF),
                Objects.requireNonNull(till.cashierSince()));
    }

    private void refuseUnlessStill(DeviceCaller device, String cashierId, String checkedHash) {
        var current = cashiers.pinHashLocked(cashierId, device.storeId()).orElse(null);
        if (!checkedHash.equals(current)) {
            throw ApiException.of(DeviceProblems.WRONG_PIN);
        }
    }

    private String newProof(
            DeviceCaller device, String cashierId, @Nullable OneRefund only, Instant now) {
        var bytes = new byte[PROOF_BYTES];
        random.nextBytes(bytes);
        var proof = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        cashiers.addProof(sha256(proof), device.deviceId(), cashierId, only, now.plus(PROOF));
        return proof;
    }

    /** Whoever is signed in on the device is not any more; all proofs given on it are worthless. */
    @Transactional
    public void signOut(DeviceCaller device) {
        devices.endShift(device.deviceId());
    }

    /**
     * Who gave the PIN for what this request asks for; empty when the proof is not good for it.
     *
     * @param request whose signature is the device's
     */
    Optional<String> answersFor(
            String proof, Device device, DeviceSignature request, @Nullable String key) {
        return cashiers.proof(sha256(proof), device.id(), clock.instant())
                .filter(proven ->
                        proven.only() == null
                                ? proven.cashierId().equals(device.cashierId())
                                : key != null && proven.only().isAskedForBy(request, key))
                .map(CashierTable.Proof::cashierId);
    }

    private String keyed(String cashierId, String pin) {
        return HexFormat.of().formatHex(hash.of("pin of " + cashierId, pin));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

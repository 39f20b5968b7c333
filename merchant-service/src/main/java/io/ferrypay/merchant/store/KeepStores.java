package io.ferrypay.merchant.store;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.Mode;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.request.DoneRequests;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Opens stores and finds them. */
@Service
public class KeepStores {

    private static final String AFTER_ALL = "store_~";

    private final Stores stores;
    private final DoneRequests requests;
    private final Clock clock;

    KeepStores(Stores stores, DoneRequests requests, Clock clock) {
        this.stores = stores;
        this.requests = requests;
        this.clock = clock;
    }

    /** Opens a store once for an idempotency key; a repeat finds the one it opened. */
    @Transactional
    public Store open(String merchantId, Mode mode, NewStore wanted, IdempotentRequest request) {
        var before = requests.find(merchantId, mode, request);
        if (before.isPresent()) {
            return stores.findById(before.get()).orElseThrow();
        }
        var store = open(merchantId, mode, wanted);
        requests.remember(merchantId, mode, request, store.id());
        return store;
    }

    @Transactional
    public Store open(String merchantId, Mode mode, NewStore wanted) {
        return stores.saveAndFlush(
                new Store(
                        "store_" + UlidCreator.getMonotonicUlid(),
                        merchantId,
                        mode,
                        wanted,
                        clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    @Transactional(readOnly = true)
    public Optional<Store> find(String merchantId, Mode mode, String id) {
        return stores.findByIdAndMerchantIdAndMode(id, merchantId, mode.text());
    }

    /** Newest first, those older than {@code before} if it is given. */
    @Transactional(readOnly = true)
    public List<Store> list(String merchantId, Mode mode, @Nullable String before, int limit) {
        return stores.newestBefore(
                merchantId, mode.text(), before == null ? AFTER_ALL : before, Limit.of(limit));
    }
}

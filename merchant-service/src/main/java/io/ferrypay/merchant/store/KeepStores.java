package io.ferrypay.merchant.store;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.Mode;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.request.DoneRequests;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Opens, changes and closes stores; each change, its event and what follows are one transaction.
 */
@Service
public class KeepStores {

    private static final String AFTER_ALL = "store_~";

    private final Stores stores;
    private final StoreEvents events;
    private final ApplicationEventPublisher publisher;
    private final DoneRequests requests;
    private final Clock clock;

    KeepStores(
            Stores stores,
            StoreEvents events,
            ApplicationEventPublisher publisher,
            DoneRequests requests,
            Clock clock) {
        this.stores = stores;
        this.events = events;
        this.publisher = publisher;
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
        var store =
                stores.saveAndFlush(
                        new Store(
                                "store_" + UlidCreator.getMonotonicUlid(),
                                merchantId,
                                mode,
                                wanted,
                                clock.instant().truncatedTo(ChronoUnit.MICROS)));
        events.tell("store.created", store, 1);
        return store;
    }

    /**
     * Another name, address or time zone, also on its codes. Refuses with 404, and 409 {@code
     * store_closed}.
     *
     * @param change what it shall be, from what it is
     */
    @Transactional
    public Store change(String merchantId, Mode mode, String id, UnaryOperator<NewStore> change) {
        var store = open(stores.lock(id, merchantId, mode.text()));
        var wanted = change.apply(new NewStore(store.name(), store.address(), store.timeZone()));
        if (store.change(wanted)) {
            events.tell("store.updated", store, store.revision() + 1);
            publisher.publishEvent(new StoreChanged(store));
        }
        return store;
    }

    /**
     * For good: its codes are disabled and its devices revoked, payments and cashiers stay as they
     * are. Nothing happens to one that is closed already.
     */
    @Transactional
    public Store close(String merchantId, Mode mode, String id) {
        var store =
                stores.lock(id, merchantId, mode.text())
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        if (!store.isClosed()) {
            store.close(clock.instant().truncatedTo(ChronoUnit.MICROS));
            events.tell("store.closed", store, store.revision() + 1);
            publisher.publishEvent(new StoreChanged(store));
        }
        return store;
    }

    /**
     * For whoever begins something in it, which nobody can close until the transaction ends.
     * Refuses a closed one with 409 {@code store_closed}.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Store> hold(String merchantId, Mode mode, String id) {
        return stores.hold(id, merchantId, mode.text()).map(store -> open(Optional.of(store)));
    }

    private static Store open(Optional<Store> found) {
        var store = found.orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        if (store.isClosed()) {
            throw ApiException.of(StoreProblems.STORE_CLOSED);
        }
        return store;
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

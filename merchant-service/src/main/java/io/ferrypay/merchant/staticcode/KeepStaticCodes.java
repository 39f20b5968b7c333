package io.ferrypay.merchant.staticcode;

import com.github.f4b6a3.ulid.UlidCreator;
import io.ferrypay.identity.Mode;
import io.ferrypay.merchant.credential.IdempotentRequest;
import io.ferrypay.merchant.merchant.KeepMerchants;
import io.ferrypay.merchant.request.DoneRequests;
import io.ferrypay.merchant.store.KeepStores;
import io.ferrypay.merchant.store.Store;
import io.ferrypay.merchant.store.StoreChanged;
import io.ferrypay.money.Money;
import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.data.domain.Limit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes, limits, rotates and disables static codes; each change and its event are one transaction.
 */
@Service
public class KeepStaticCodes {

    private static final String AFTER_ALL = "sc_~";

    private final StaticCodes codes;
    private final StaticCodeEvents events;
    private final KeepStores stores;
    private final KeepMerchants merchants;
    private final DoneRequests requests;
    private final JdbcClient jdbc;
    private final Clock clock;

    KeepStaticCodes(
            StaticCodes codes,
            StaticCodeEvents events,
            KeepStores stores,
            KeepMerchants merchants,
            DoneRequests requests,
            JdbcClient jdbc,
            Clock clock) {
        this.codes = codes;
        this.events = events;
        this.stores = stores;
        this.merchants = merchants;
        this.requests = requests;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Makes a code once for an idempotency key; a repeat finds the one it made, as it is now.
     *
     * <p>Refuses with 422 {@code unknown_store} or {@code currency_not_accepted}.
     */
    @Transactional
    public StaticCode make(
            String merchantId, Mode mode, NewStaticCode wanted, IdempotentRequest request) {
        var before = requests.find(merchantId, mode, request);
        if (before.isPresent()) {
            return find(merchantId, mode, before.get());
        }
        var code = make(merchantId, mode, wanted);
        requests.remember(merchantId, mode, request, code.id());
        return code;
    }

    /**
     * As {@link #make(String, Mode, NewStaticCode, IdempotentRequest)}, for whoever repeats
     * nothing.
     */
    @Transactional
    public StaticCode make(String merchantId, Mode mode, NewStaticCode wanted) {
        var store =
                stores.hold(merchantId, mode, wanted.storeId())
                        .orElseThrow(() -> ApiException.of(StaticCodeProblems.UNKNOWN_STORE));
        var merchant =
                merchants
                        .find(merchantId)
                        .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
        if (!merchant.details().currency().equals(wanted.currency())) {
            throw ApiException.of(
                    StaticCodeProblems.CURRENCY_NOT_ACCEPTED,
                    "You are settled in " + merchant.details().currency() + ".");
        }
        var code =
                codes.saveAndFlush(
                        new StaticCode(
                                "sc_" + UlidCreator.getMonotonicUlid(),
                                merchantId,
                                mode,
                                wanted,
                                unusedSerialStem(merchantId, mode),
                                RandomText.link(),
                                now()));
        give(code);
        events.tell("static_code.created", code, store, 1);
        return code;
    }

    /** Other limits from now on; payments that were made stay as they are. */
    @Transactional
    public StaticCode limit(
            String merchantId,
            Mode mode,
            String id,
            @Nullable Money least,
            @Nullable Money most,
            @Nullable Money perDay) {
        var code = active(merchantId, mode, id);
        code.limit(code.amounts().within(least, most, perDay), now());
        events.tell("static_code.updated", code, storeOf(code), code.revision() + 1);
        return code;
    }

    /**
     * A new link and serial; the old link shows that the code was replaced. Once for an idempotency
     * key. Refuses a disabled one with 409 {@code static_code_disabled}.
     */
    @Transactional
    public StaticCode rotate(String merchantId, Mode mode, String id, IdempotentRequest request) {
        if (requests.find(merchantId, mode, request).isPresent()) {
            return find(merchantId, mode, id);
        }
        var code = active(merchantId, mode, id);
        code.rotate(RandomText.link(), now());
        give(code);
        requests.remember(merchantId, mode, request, id);
        events.tell("static_code.rotated", code, storeOf(code), code.revision() + 1);
        return code;
    }

    /** For good. Nothing happens to one that is disabled already. */
    @Transactional
    public StaticCode disable(String merchantId, Mode mode, String id) {
        var code = locked(merchantId, mode, id);
        if (code.status() == StaticCode.Status.ACTIVE) {
            code.disable(now());
            events.tell("static_code.disabled", code, storeOf(code), code.revision() + 1);
        }
        return code;
    }

    /** Its codes bear a store's name and days; nobody pays by those of a closed one. */
    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void follow(StoreChanged changed) {
        var store = changed.store();
        // In one order, so that two who do this never wait for each other.
        for (var code : codes.lockActiveOf(store.id())) {
            if (store.isClosed()) {
                code.disable(now());
            } else {
                code.touch(now());
            }
            events.tell(
                    store.isClosed() ? "static_code.disabled" : "static_code.updated",
                    code,
                    store,
                    code.revision() + 1);
        }
    }

    /** Refuses with 404 what is not this merchant's in this mode. */
    @Transactional(readOnly = true)
    public StaticCode find(String merchantId, Mode mode, String id) {
        return codes.findByIdAndMerchantIdAndMode(id, merchantId, mode.text())
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    /** To be printed: refuses a disabled one with 409 {@code static_code_disabled}. */
    @Transactional(readOnly = true)
    public StaticCode findToPrint(String merchantId, Mode mode, String id) {
        return refuseDisabled(find(merchantId, mode, id));
    }

    /** Newest first, those older than {@code before} if it is given. */
    @Transactional(readOnly = true)
    public List<StaticCode> list(String merchantId, Mode mode, @Nullable String before, int limit) {
        return codes.newestBefore(
                merchantId, mode.text(), before == null ? AFTER_ALL : before, Limit.of(limit));
    }

    private StaticCode locked(String merchantId, Mode mode, String id) {
        return codes.lock(id, merchantId, mode.text())
                .orElseThrow(() -> ApiException.of(CommonProblems.NOT_FOUND));
    }

    private StaticCode active(String merchantId, Mode mode, String id) {
        return refuseDisabled(locked(merchantId, mode, id));
    }

    private static StaticCode refuseDisabled(StaticCode code) {
        if (code.status() == StaticCode.Status.DISABLED) {
            throw ApiException.of(StaticCodeProblems.STATIC_CODE_DISABLED);
        }
        return code;
    }

    private Store storeOf(StaticCode code) {
        return stores.find(code.merchantId(), code.mode(), code.storeId()).orElseThrow();
    }

    /** As exact as the database keeps it, so that an answer reads the same later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Every link is written down for ever: none is printed twice. */
    private void give(StaticCode code) {
        jdbc.sql("insert into static_code_link (link, static_code_id, generation) values (?, ?, ?)")
                .params(code.link(), code.id(), code.generation())
                .update();
    }

    private String unusedSerialStem(String merchantId, Mode mode) {
        var stem = RandomText.serialStem();
        while (codes.existsByMerchantIdAndModeAndSerialStem(merchantId, mode.text(), stem)) {
            stem = RandomText.serialStem(); // One of 28 million: hardly ever twice.
        }
        return stem;
    }
}

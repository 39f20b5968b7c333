package io.ferrypay.sandbox.payease;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.notice.Copies;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What goes wrong on request. Faults of one order go before those of all orders. */
@Component("payeaseFaults")
class Faults implements Resettable {

    private static final String ALL = "";
    private static final int MAX_TARGETS = 10_000;

    private final ConcurrentHashMap<String, Active> active = new ConcurrentHashMap<>();

    /** The API calls that can be made to misbehave. */
    enum Operation {
        QUERY,
        REFUND,
        REFUND_LIST,
        REFUND_DAY_LIST
    }

    /** How a call goes wrong. */
    enum Trouble {
        /** 500, and nothing was done. */
        FAIL_BEFORE,
        /** 500, although it was done. */
        FAIL_AFTER,
        /** The connection ends without an answer, although it was done. */
        DROP_AFTER,
        UNSIGNED,
        BAD_SIGNATURE,
        /** A proxy's page, although it was done. */
        HTML_502,
        /** An answer that is cut off. */
        CUT,
        /** "Invalid order number", once, for an order that is there. */
        UNKNOWN_ORDER,
        /** "The service for this merchant is unavailable", and nothing was done. */
        UNAVAILABLE,
        /** "System error", although it was done. */
        SYSTEM_ERROR
    }

    /**
     * @param timeoutAfterMs how long the answer to a done call takes, in true milliseconds
     */
    record ApiFaults(
            @Nullable Times failBefore,
            @Nullable Times failAfter,
            @Nullable Times dropAfter,
            @Nullable Times unsigned,
            @Nullable Times badSignature,
            @JsonProperty("html_502") @Nullable Times html502,
            @Nullable Times cut,
            @Nullable Times unknownOrder,
            @Nullable Times unavailable,
            @Nullable Times systemError,
            long timeoutAfterMs) {

        private static final long MAX_TIMEOUT_MS = 120_000;

        ApiFaults {
            if (timeoutAfterMs < 0 || timeoutAfterMs > MAX_TIMEOUT_MS) {
                throw new IllegalArgumentException("timeout_after_ms is 0 to " + MAX_TIMEOUT_MS);
            }
        }

        private Times times(Trouble trouble) {
            var times =
                    switch (trouble) {
                        case FAIL_BEFORE -> failBefore;
                        case FAIL_AFTER -> failAfter;
                        case DROP_AFTER -> dropAfter;
                        case UNSIGNED -> unsigned;
                        case BAD_SIGNATURE -> badSignature;
                        case HTML_502 -> html502;
                        case CUT -> cut;
                        case UNKNOWN_ORDER -> unknownOrder;
                        case UNAVAILABLE -> unavailable;
                        case SYSTEM_ERROR -> systemError;
                    };
            return Objects.requireNonNullElse(times, Times.NEVER);
        }
    }

    /** What may be wrong with a copy of a notification. */
    enum Flaw {
        BAD_SIGNATURE,
        BAD_MAC,
        BAD_MD5MONEY,
        /** A fen more than was paid, soundly signed. */
        TAMPERED_AMOUNT,
        /** As many units of another currency, soundly signed. */
        WRONG_CURRENCY,
        /** Another merchant's number in the order, soundly signed. */
        WRONG_MERCHANT,
        /** {@code v_count} one too high, soundly signed. */
        WRONG_COUNT,
        MISSING_FIELD
    }

    /**
     * How notifications go wrong. {@link Times} count the attempts of one notification.
     *
     * @param duplicate how many more copies follow once it was accepted
     * @param parallel how many copies of each attempt are sent at the same moment
     * @param delayMs how long the first attempt waits, in true milliseconds; this is also how
     *     notifications are made to arrive in another order
     * @param drop how many attempts are lost on the way
     */
    record NotificationFaults(
            int duplicate,
            int parallel,
            long delayMs,
            int drop,
            @Nullable Times badSignature,
            @Nullable Times badMac,
            @JsonProperty("bad_md5money") @Nullable Times badMd5money,
            @Nullable Times tamperedAmount,
            @Nullable Times wrongCurrency,
            @Nullable Times wrongMerchant,
            @Nullable Times wrongCount,
            @Nullable Times missingField)
            implements Copies {

        static final NotificationFaults NONE =
                new NotificationFaults(0, 0, 0, 0, null, null, null, null, null, null, null, null);

        private static final int MAX_COPIES = 500;
        private static final long MAX_DELAY_MS = 3_600_000;

        NotificationFaults {
            if (Math.min(Math.min(duplicate, parallel), drop) < 0
                    || Math.max(Math.max(duplicate, parallel), drop) > MAX_COPIES
                    || delayMs < 0
                    || delayMs > MAX_DELAY_MS) {
                throw new IllegalArgumentException(
                        "at most " + MAX_COPIES + " copies and " + MAX_DELAY_MS + " ms");
            }
        }

        /**
         * @param attempt counted from 1
         */
        List<Flaw> flaws(int attempt) {
            var flaws = new ArrayList<Flaw>();
            for (var flaw : Flaw.values()) {
                if (times(flaw).covers(attempt)) {
                    flaws.add(flaw);
                }
            }
            return flaws;
        }

        private Times times(Flaw flaw) {
            var times =
                    switch (flaw) {
                        case BAD_SIGNATURE -> badSignature;
                        case BAD_MAC -> badMac;
                        case BAD_MD5MONEY -> badMd5money;
                        case TAMPERED_AMOUNT -> tamperedAmount;
                        case WRONG_CURRENCY -> wrongCurrency;
                        case WRONG_MERCHANT -> wrongMerchant;
                        case WRONG_COUNT -> wrongCount;
                        case MISSING_FIELD -> missingField;
                    };
            return Objects.requireNonNullElse(times, Times.NEVER);
        }
    }

    /**
     * What is to go wrong from now on.
     *
     * @param api by operation in lower case: {@code query}, {@code refund}, {@code refund_list},
     *     {@code refund_day_list}
     * @param appliesTo the merchant's number of the one order meant, or null for all without faults
     *     of their own
     */
    record FaultOrder(
            @Nullable NotificationFaults notification,
            @Nullable Map<String, ApiFaults> api,
            @Nullable String appliesTo) {}

    /** What goes wrong with one call. */
    record Misbehaviour(Set<Trouble> troubles, long timeoutAfterMs) {

        static final Misbehaviour NONE = new Misbehaviour(Set.of(), 0);

        boolean is(Trouble trouble) {
            return troubles.contains(trouble);
        }

        /** Waits as long as the answer is to be late. */
        void hesitate() {
            if (timeoutAfterMs > 0) {
                try {
                    Thread.sleep(timeoutAfterMs);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /**
     * Replaces what was ordered for the same target.
     *
     * @throws IllegalArgumentException when the order names an unknown operation, or there are too
     *     many targets
     */
    void order(FaultOrder order) {
        var target = order.appliesTo() == null ? ALL : order.appliesTo();
        if (active.size() >= MAX_TARGETS && !active.containsKey(target)) {
            throw new IllegalArgumentException("at most " + MAX_TARGETS + " orders have faults");
        }
        active.put(target, Active.of(order));
    }

    /** Whether this order has faults of its own, so that it is told alone. */
    boolean singlesOut(String number) {
        return active.containsKey(number);
    }

    NotificationFaults notificationsOf(String number) {
        var faults = about(number);
        return faults == null ? NotificationFaults.NONE : faults.notification();
    }

    /** Decides what goes wrong with this call, and uses that up. */
    Misbehaviour draw(Operation operation, @Nullable String number) {
        var faults = about(number);
        var remaining = faults == null ? null : faults.api().get(operation);
        return remaining == null ? Misbehaviour.NONE : remaining.draw();
    }

    @Override
    public void reset() {
        active.clear();
    }

    private @Nullable Active about(@Nullable String number) {
        var own = number == null ? null : active.get(number);
        return own == null ? active.get(ALL) : own;
    }

    private record Active(NotificationFaults notification, Map<Operation, Remaining> api) {

        static Active of(FaultOrder order) {
            var api = new EnumMap<Operation, Remaining>(Operation.class);
            if (order.api() != null) {
                order.api()
                        .forEach((name, faults) ->
                                api.put(
                                        Operation.valueOf(name.toUpperCase(Locale.ROOT)),
                                        new Remaining(faults)));
            }
            return new Active(
                    Objects.requireNonNullElse(order.notification(), NotificationFaults.NONE), api);
        }
    }

    /** How often each fault of an operation still strikes. */
    private static final class Remaining {

        private static final Set<Trouble> BEFORE_THE_DEED =
                EnumSet.of(Trouble.FAIL_BEFORE, Trouble.UNAVAILABLE, Trouble.UNKNOWN_ORDER);

        private final Map<Trouble, AtomicInteger> left = new EnumMap<>(Trouble.class);
        private final long timeoutAfterMs;

        Remaining(ApiFaults faults) {
            for (var trouble : Trouble.values()) {
                left.put(trouble, new AtomicInteger(faults.times(trouble).count()));
            }
            timeoutAfterMs = faults.timeoutAfterMs();
        }

        /** Faults that keep a call from being done leave the others for the next one. */
        Misbehaviour draw() {
            for (var trouble : BEFORE_THE_DEED) {
                if (take(trouble)) {
                    return new Misbehaviour(EnumSet.of(trouble), 0);
                }
            }
            var troubles = EnumSet.noneOf(Trouble.class);
            for (var trouble : EnumSet.complementOf(EnumSet.copyOf(BEFORE_THE_DEED))) {
                if (take(trouble)) {
                    troubles.add(trouble);
                }
            }
            return new Misbehaviour(troubles, timeoutAfterMs);
        }

        private boolean take(Trouble trouble) {
            return Objects.requireNonNull(left.get(trouble))
                            .getAndUpdate(times -> times > 0 ? times - 1 : 0)
                    > 0;
        }
    }
}

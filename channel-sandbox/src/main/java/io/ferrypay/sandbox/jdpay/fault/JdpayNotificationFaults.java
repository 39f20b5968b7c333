package io.ferrypay.sandbox.jdpay.fault;

import io.ferrypay.sandbox.notice.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How notifications about one order go wrong. {@link Times} count the attempts of one notification.
 * JD puts no time into them, so there are no stale ones.
 *
 * @param duplicate how many more copies follow, one after another, once it was accepted
 * @param parallel how many copies of each attempt are sent at the same moment
 * @param delayMs how long the first attempt waits, in true milliseconds; with one about a payment
 *     and none about its refund they come in the wrong order
 * @param drop how many attempts are lost on the way
 * @param badSignature a signature that matches nothing
 * @param unsigned no signature
 * @param tamperedAmount one fen more than was paid, soundly signed
 * @param wrongCurrency as many units of another currency, soundly signed
 * @param wrongMerchant another merchant's number inside, soundly signed
 * @param otherShop another shop in the note, soundly signed
 */
public record JdpayNotificationFaults(
        int duplicate,
        int parallel,
        long delayMs,
        int drop,
        @Nullable Times badSignature,
        @Nullable Times unsigned,
        @Nullable Times tamperedAmount,
        @Nullable Times wrongCurrency,
        @Nullable Times wrongMerchant,
        @Nullable Times otherShop)
        implements Copies {

    public static final JdpayNotificationFaults NONE =
            new JdpayNotificationFaults(0, 0, 0, 0, null, null, null, null, null, null);

    private static final int MAX_COPIES = 500;
    private static final long MAX_DELAY_MS = 3_600_000;

    /** What may be wrong with a single copy. */
    public enum Flaw {
        BAD_SIGNATURE,
        UNSIGNED,
        TAMPERED_AMOUNT,
        WRONG_CURRENCY,
        WRONG_MERCHANT,
        OTHER_SHOP
    }

    public JdpayNotificationFaults {
        requireWithin("duplicate", duplicate, MAX_COPIES);
        requireWithin("parallel", parallel, MAX_COPIES);
        requireWithin("drop", drop, MAX_COPIES);
        requireWithin("delay_ms", delayMs, MAX_DELAY_MS);
    }

    /** What is wrong with the copies of this attempt, counted from 1. */
    public List<Flaw> flaws(int attempt) {
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
                    case UNSIGNED -> unsigned;
                    case TAMPERED_AMOUNT -> tamperedAmount;
                    case WRONG_CURRENCY -> wrongCurrency;
                    case WRONG_MERCHANT -> wrongMerchant;
                    case OTHER_SHOP -> otherShop;
                };
        return Objects.requireNonNullElse(times, Times.NEVER);
    }

    static void requireWithin(String name, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " is 0 to " + max);
        }
    }
}

package io.ferrypay.sandbox.alipay.fault;

import io.ferrypay.sandbox.notice.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How notifications about one order go wrong. {@link Strikes} count the attempts of one
 * notification. Alipay's notifications carry no time that is checked, so none can be stale; to
 * change their order, delay one.
 *
 * @param duplicate how many more copies follow, one after another, once it was accepted
 * @param parallel how many copies of each attempt are sent at the same moment
 * @param delayMs how long the first attempt waits, in true milliseconds
 * @param drop how many attempts are lost on the way
 * @param badSignature a signature that matches nothing
 * @param tamperedAmount one smallest unit more than was paid, soundly signed
 * @param wrongCurrency as many units of another currency, soundly signed
 * @param wrongMerchant another partner as the seller, soundly signed
 */
public record NoticeFaults(
        int duplicate,
        int parallel,
        long delayMs,
        int drop,
        @Nullable Strikes badSignature,
        @Nullable Strikes tamperedAmount,
        @Nullable Strikes wrongCurrency,
        @Nullable Strikes wrongMerchant)
        implements Copies {

    public static final NoticeFaults NONE = new NoticeFaults(0, 0, 0, 0, null, null, null, null);

    private static final int MAX_COPIES = 500;
    private static final long MAX_DELAY_MS = 3_600_000;

    /** What may be wrong with a single copy. */
    public enum Flaw {
        BAD_SIGNATURE,
        TAMPERED_AMOUNT,
        WRONG_CURRENCY,
        WRONG_MERCHANT
    }

    public NoticeFaults {
        requireWithin("duplicate", duplicate, MAX_COPIES);
        requireWithin("parallel", parallel, MAX_COPIES);
        requireWithin("drop", drop, MAX_COPIES);
        requireWithin("delay_ms", delayMs, MAX_DELAY_MS);
    }

    /** What is wrong with the copies of this attempt, counted from 1. */
    public List<Flaw> flaws(int attempt) {
        var flaws = new ArrayList<Flaw>();
        for (var flaw : Flaw.values()) {
            if (strikes(flaw).covers(attempt)) {
                flaws.add(flaw);
            }
        }
        return flaws;
    }

    private Strikes strikes(Flaw flaw) {
        var strikes =
                switch (flaw) {
                    case BAD_SIGNATURE -> badSignature;
                    case TAMPERED_AMOUNT -> tamperedAmount;
                    case WRONG_CURRENCY -> wrongCurrency;
                    case WRONG_MERCHANT -> wrongMerchant;
                };
        return Objects.requireNonNullElse(strikes, Strikes.NEVER);
    }

    static void requireWithin(String name, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " is 0 to " + max);
        }
    }
}

package io.ferrypay.sandbox.wechat.fault;

import io.ferrypay.sandbox.notice.Copies;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How notifications of one order go wrong. {@link Times} count the attempts of one notification.
 *
 * @param duplicate how many more copies follow, one after another, once it was accepted
 * @param parallel how many copies of each attempt are sent at the same moment
 * @param delayMs how long the first attempt waits, in true milliseconds
 * @param drop how many attempts are lost on the way
 * @param badSignature a signature that matches nothing
 * @param stale a sound signature from ten minutes ago
 * @param unknownSerial a serial no certificate has
 * @param publicKeySerial a {@code PUB_KEY_ID_…} in place of the serial
 * @param tamperedAmount one smallest unit more than was paid, soundly signed
 * @param wrongCurrency as many units of another currency, soundly signed
 * @param wrongSubMchid another shop's number, soundly signed
 * @param signtest a {@code WECHATPAY/SIGNTEST/} probe
 * @param lowerCaseHeaders header names in lower case, as some proxies leave them; still acceptable
 */
public record NotificationFaults(
        int duplicate,
        int parallel,
        long delayMs,
        int drop,
        @Nullable Times badSignature,
        @Nullable Times stale,
        @Nullable Times unknownSerial,
        @Nullable Times publicKeySerial,
        @Nullable Times tamperedAmount,
        @Nullable Times wrongCurrency,
        @Nullable Times wrongSubMchid,
        @Nullable Times signtest,
        @Nullable Times lowerCaseHeaders)
        implements Copies {

    public static final NotificationFaults NONE =
            new NotificationFaults(
                    0, 0, 0, 0, null, null, null, null, null, null, null, null, null);

    private static final int MAX_COPIES = 500;
    private static final long MAX_DELAY_MS = 3_600_000;

    /** What may be wrong with a single copy. */
    public enum Flaw {
        BAD_SIGNATURE,
        STALE,
        UNKNOWN_SERIAL,
        PUBLIC_KEY_SERIAL,
        TAMPERED_AMOUNT,
        WRONG_CURRENCY,
        WRONG_SUB_MCHID,
        SIGNTEST,
        LOWER_CASE_HEADERS
    }

    public NotificationFaults {
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
                    case STALE -> stale;
                    case UNKNOWN_SERIAL -> unknownSerial;
                    case PUBLIC_KEY_SERIAL -> publicKeySerial;
                    case TAMPERED_AMOUNT -> tamperedAmount;
                    case WRONG_CURRENCY -> wrongCurrency;
                    case WRONG_SUB_MCHID -> wrongSubMchid;
                    case SIGNTEST -> signtest;
                    case LOWER_CASE_HEADERS -> lowerCaseHeaders;
                };
        return Objects.requireNonNullElse(times, Times.NEVER);
    }

    static void requireWithin(String name, long value, long max) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(name + " is 0 to " + max);
        }
    }
}

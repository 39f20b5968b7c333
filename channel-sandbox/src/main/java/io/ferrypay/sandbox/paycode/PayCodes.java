package io.ferrypay.sandbox.paycode;

import io.ferrypay.sandbox.control.Resettable;
import io.ferrypay.sandbox.control.SandboxClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Every code that a wallet shows now or has shown lately. */
@Component
public class PayCodes implements Resettable {

    private static final Duration LIFETIME = Duration.ofSeconds(60);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final String MAGIC = "0".repeat(15);

    /** Whose code it is; both companies' codes have 18 digits here. */
    public enum Wallet {
        WECHAT("13"),
        ALIPAY("28");

        private final String prefix;

        Wallet(String prefix) {
            this.prefix = prefix;
        }
    }

    /** What happens to whoever charges a code. */
    public enum Effect {
        PAYS,
        /** Nobody gives the password until somebody does it by the control API. */
        ASKS_PASSWORD,
        /** The password is given after twenty seconds. */
        ASKS_AND_GETS_PASSWORD,
        HAS_NOT_ENOUGH,
        TOO_OLD,
        USED,
        /** Of another wallet, or nobody's. */
        UNKNOWN
    }

    /**
     * A code as the wallet shows it.
     *
     * @param effect what it does while it is good
     */
    public record Shown(String payCode, Effect effect, Instant expiresAt) {}

    private final ConcurrentHashMap<String, Shown> shown = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Instant> used = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final SandboxClock clock;

    PayCodes(SandboxClock clock) {
        this.clock = clock;
    }

    /**
     * Opens the wallet and shows a code.
     *
     * @param lifetime null for a minute
     */
    public Shown show(Wallet wallet, Effect effect, @Nullable Duration lifetime) {
        var now = clock.instant();
        forget(now);
        var digits = new StringBuilder(wallet.prefix);
        while (digits.length() < 18) {
            digits.append(random.nextInt(10));
        }
        var code =
                new Shown(
                        digits.toString(),
                        effect,
                        now.plus(lifetime == null ? LIFETIME : lifetime));
        shown.put(code.payCode(), code);
        return code;
    }

    /** Uses a code up, and says what comes of it. */
    public Effect take(Wallet wallet, String payCode) {
        if (payCode.startsWith(wallet.prefix + MAGIC)) {
            return magic(payCode.charAt(payCode.length() - 1));
        }
        var now = clock.instant();
        var code = payCode.startsWith(wallet.prefix) ? shown.get(payCode) : null;
        if (code == null) {
            return Effect.UNKNOWN;
        }
        if (!now.isBefore(code.expiresAt())) {
            return Effect.TOO_OLD;
        }
        return used.putIfAbsent(payCode, now) == null ? code.effect() : Effect.USED;
    }

    private static Effect magic(char last) {
        return switch (last) {
            case '1' -> Effect.PAYS;
            case '2' -> Effect.ASKS_AND_GETS_PASSWORD;
            case '3' -> Effect.TOO_OLD;
            default -> Effect.UNKNOWN;
        };
    }

    private void forget(Instant now) {
        var oldest = now.minus(REMEMBERED);
        shown.values().removeIf(code -> code.expiresAt().isBefore(oldest));
        used.values().removeIf(at -> at.isBefore(oldest));
    }

    @Override
    public void reset() {
        shown.clear();
        used.clear();
    }
}

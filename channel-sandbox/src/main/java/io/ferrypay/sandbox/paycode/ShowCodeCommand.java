package io.ferrypay.sandbox.paycode;

import io.ferrypay.sandbox.paycode.PayCodes.Effect;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which code a wallet is to show; left out, one that pays at once.
 *
 * @param effect a name of {@link Effect} in lower case
 * @param lifetimeSeconds how long it is good
 */
public record ShowCodeCommand(@Nullable String effect, @Nullable Long lifetimeSeconds) {

    /**
     * @throws IllegalArgumentException when there is no such effect
     */
    public Effect wanted() {
        return effect == null ? Effect.PAYS : Effect.valueOf(effect.toUpperCase(Locale.ROOT));
    }

    /** Null for the usual one. */
    public @Nullable Duration lifetime() {
        return lifetimeSeconds == null ? null : Duration.ofSeconds(lifetimeSeconds);
    }
}

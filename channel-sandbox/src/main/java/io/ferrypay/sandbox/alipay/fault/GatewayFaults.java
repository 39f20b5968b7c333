package io.ferrypay.sandbox.alipay.fault;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a call to the gateway goes wrong. {@link Strikes} count calls, and are used up by them.
 *
 * @param failBefore SYSTEM_ERROR, and nothing was done
 * @param failAfter SYSTEM_ERROR, although it was done
 * @param timeoutAfterMs how long the answer to a done call takes, in true milliseconds
 * @param cut the connection breaks in the middle of the answer to a done call
 * @param unsigned an answer without signature
 * @param badSignature an answer whose signature matches nothing
 * @param html502 a proxy's 502 page, although it was done
 */
public record GatewayFaults(
        @Nullable Strikes failBefore,
        @Nullable Strikes failAfter,
        long timeoutAfterMs,
        @Nullable Strikes cut,
        @Nullable Strikes unsigned,
        @Nullable Strikes badSignature,
        @JsonProperty("html_502") @Nullable Strikes html502) {

    private static final long MAX_TIMEOUT_MS = 120_000;

    public GatewayFaults {
        NoticeFaults.requireWithin("timeout_after_ms", timeoutAfterMs, MAX_TIMEOUT_MS);
    }
}

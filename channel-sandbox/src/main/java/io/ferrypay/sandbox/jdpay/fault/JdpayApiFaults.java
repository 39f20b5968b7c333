package io.ferrypay.sandbox.jdpay.fault;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How a call goes wrong. {@link Times} count calls, and are used up by them.
 *
 * @param failBefore HTTP 500, and nothing was done
 * @param failAfter HTTP 500, although it was done
 * @param timeoutAfterMs how long the answer to a done call takes, in true milliseconds
 * @param cut the connection ends in the middle of the answer to a done call
 * @param unsigned a sealed answer without signature
 * @param badSignature an answer whose signature matches nothing
 * @param html502 a proxy's 502 page, although it was done
 * @param busy JD's own unsigned failure SIM900, and nothing was done
 * @param busyAfter the same, although it was done
 * @param otherOrder a soundly signed answer about somebody else's order
 */
public record JdpayApiFaults(
        @Nullable Times failBefore,
        @Nullable Times failAfter,
        long timeoutAfterMs,
        @Nullable Times cut,
        @Nullable Times unsigned,
        @Nullable Times badSignature,
        @JsonProperty("html_502") @Nullable Times html502,
        @Nullable Times busy,
        @Nullable Times busyAfter,
        @Nullable Times otherOrder) {

    private static final long MAX_TIMEOUT_MS = 120_000;

    public JdpayApiFaults {
        JdpayNotificationFaults.requireWithin("timeout_after_ms", timeoutAfterMs, MAX_TIMEOUT_MS);
    }
}

package io.ferrypay.sandbox.wechat.fault;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How an API call goes wrong. {@link Times} count calls, and are used up by them.
 *
 * @param failBefore 500 SYSTEMERROR, and nothing was done
 * @param failAfter 500 SYSTEMERROR, although it was done
 * @param timeoutAfterMs how long the answer to a done call takes, in true milliseconds
 * @param unsigned an answer without signature
 * @param badSignature an answer whose signature matches nothing
 * @param html502 a proxy's 502 page, although it was done
 * @param rateLimited 429 FREQUENCY_LIMITED, and nothing was done
 */
public record ApiFaults(
        @Nullable Times failBefore,
        @Nullable Times failAfter,
        long timeoutAfterMs,
        @Nullable Times unsigned,
        @Nullable Times badSignature,
        @JsonProperty("html_502") @Nullable Times html502,
        @Nullable Times rateLimited) {

    private static final long MAX_TIMEOUT_MS = 120_000;

    public ApiFaults {
        NotificationFaults.requireWithin("timeout_after_ms", timeoutAfterMs, MAX_TIMEOUT_MS);
    }
}

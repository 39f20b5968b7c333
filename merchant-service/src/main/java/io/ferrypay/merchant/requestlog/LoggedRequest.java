package io.ferrypay.merchant.requestlog;

import java.time.Instant;

/**
 * A request that is over.
 *
 * @param keyId by which API key
 * @param path without its query, and without what a caller put into it
 * @param status 499 where the caller left before there was one
 * @param millis how long it took, at the gateway
 */
public record LoggedRequest(
        String requestId,
        Instant at,
        String keyId,
        String method,
        String path,
        int status,
        int millis) {}

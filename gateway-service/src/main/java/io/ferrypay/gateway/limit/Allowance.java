package io.ferrypay.gateway.limit;

/**
 * What is left of a limit after one request.
 *
 * @param limit requests that may come at once
 * @param resetSeconds until the whole limit is there again
 * @param retryAfterSeconds until the next request may come; 0 when this one was granted
 */
public record Allowance(
        boolean granted, long limit, long remaining, long resetSeconds, long retryAfterSeconds) {}

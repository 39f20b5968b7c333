package io.ferrypay.sandbox.payease;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a notification as it went out, and what came back.
 *
 * @param numbers the orders it was about, by the merchant's own part of their numbers
 * @param attempt counted from 1; 0 for one sent by hand
 * @param flaws what was wrong with it on purpose; {@code DROPPED} when it never left
 * @param status the HTTP status, or null when there was no answer in time
 * @param answer the beginning of the answer's body, or why there was none
 * @param accepted whether Payease takes that for a yes
 */
record SentNotice(
        String id,
        List<String> numbers,
        int attempt,
        List<String> flaws,
        String url,
        Instant sentAt,
        long millis,
        @Nullable Integer status,
        String answer,
        boolean accepted) {}

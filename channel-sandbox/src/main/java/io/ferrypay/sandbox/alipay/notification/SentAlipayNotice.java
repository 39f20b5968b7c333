package io.ferrypay.sandbox.alipay.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a notification as it went out, and what came back.
 *
 * @param id the notification's id, the same for every attempt and copy
 * @param attempt counted from 1; 0 for one sent by hand
 * @param flaws what was wrong with it on purpose; {@code DROPPED} when it never left
 * @param status the HTTP status, or null when there was no answer in time
 * @param answer the beginning of the answer's body, or why there was none
 * @param accepted whether Alipay takes that for a yes
 */
public record SentAlipayNotice(
        String id,
        String outTradeNo,
        int attempt,
        List<String> flaws,
        String url,
        Instant sentAt,
        long millis,
        @Nullable Integer status,
        String answer,
        boolean accepted) {}

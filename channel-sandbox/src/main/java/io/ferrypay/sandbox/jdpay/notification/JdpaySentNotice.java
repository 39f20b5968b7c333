package io.ferrypay.sandbox.jdpay.notification;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a notification as it went out, and what came back.
 *
 * @param outTradeNo the merchant's number of the order
 * @param refundNumber the merchant's number of the refund it is about, if it is about one
 * @param attempt counted from 1; 0 for one sent by hand
 * @param flaws what was wrong with it on purpose; {@code DROPPED} when it never left
 * @param status the HTTP status, or null when there was no answer in time
 * @param answer the beginning of the answer's body, or why there was none
 * @param accepted whether JD takes that for a yes
 */
public record JdpaySentNotice(
        String outTradeNo,
        @Nullable String refundNumber,
        int attempt,
        List<String> flaws,
        String url,
        Instant sentAt,
        @Nullable Integer status,
        String answer,
        boolean accepted) {}

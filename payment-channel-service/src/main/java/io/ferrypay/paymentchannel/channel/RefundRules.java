package io.ferrypay.paymentchannel.channel;

import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * What a channel allows about refunds, as data: whoever refunds keeps to it before asking.
 *
 * @param window how long after the payment it may be refunded
 * @param mostPerOrder how many refunds one order may have
 * @param spacingPerOrder least time between two refunds of one order
 * @param spacingPerAccount least time between two refunds of one account
 * @param repeatable whether asking twice under one number is one refund
 * @param pause hours of the Beijing day in which the channel does not refund, if any
 */
public record RefundRules(
        Duration window,
        int mostPerOrder,
        Duration spacingPerOrder,
        Duration spacingPerAccount,
        boolean repeatable,
        @Nullable Pause pause) {

    /** From (inclusive) until (exclusive), Beijing time, within one day. */
    public record Pause(LocalTime from, LocalTime until) {}
}

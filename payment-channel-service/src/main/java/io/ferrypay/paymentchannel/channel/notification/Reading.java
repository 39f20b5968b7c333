package io.ferrypay.paymentchannel.channel.notification;

import io.ferrypay.paymentchannel.channel.ApplyRefundReport.RefundReport;
import io.ferrypay.paymentchannel.channel.ChannelReport;
import org.jspecify.annotations.Nullable;

/** What an adapter made of a notification, or of one order in a notification about several. */
public sealed interface Reading {

    /**
     * Genuine, for this account, and about a payment.
     *
     * @param notificationId the channel's; where it gives none, something made from all it says
     */
    record OfPayment(String notificationId, ChannelReport report) implements Reading {}

    /** Genuine, for this account, and about a refund. */
    record OfRefund(String notificationId, RefundReport report) implements Reading {}

    /**
     * Not to be acted on.
     *
     * @param reason a stable code, {@code lower_case}
     * @param verified whether the channel did sign it, so that its content is worth an alarm
     */
    record Refused(
            String reason,
            boolean verified,
            @Nullable String notificationId,
            @Nullable String orderNumber)
            implements Reading {}
}

package io.ferrypay.paymentchannel.channel;

import io.ferrypay.paymentchannel.channel.RefundsPayments.RefundAnswer;
import org.jspecify.annotations.Nullable;

/**
 * The one way in for what a channel says by itself about a refund. Checks it against our own refund
 * and moves it at most once. Anything but an exception is durable when it returns; safe to call
 * twice and at the same time.
 */
public interface ApplyRefundReport {

    /** As {@link ApplyChannelReport#hold}, of a refund. */
    void hold(String refundNumber);

    /** Applies the report. Throws only when our own store fails: nothing has happened then. */
    ApplyChannelReport.Result apply(RefundReport report);

    /**
     * One verified statement about one refund.
     *
     * @param accountId the account whose credentials verified it
     * @param refundNumber ours, as the channel repeated it
     * @param orderNumber of the refunded order, if the channel said so
     * @param refunded how much, as the channel wrote it, if it did: compared with ours
     * @param outcome what it says
     * @param notificationId the channel's id of the notification, kept for tracing
     * @param evidence what was said, as JSON without personal data or secrets, at most 16 KiB
     */
    record RefundReport(
            String accountId,
            String refundNumber,
            @Nullable String orderNumber,
            ChannelOutcome.@Nullable Charged refunded,
            RefundAnswer outcome,
            @Nullable String notificationId,
            String evidence) {}
}

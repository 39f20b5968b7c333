package io.ferrypay.paymentchannel.channel;

import org.jspecify.annotations.Nullable;

/**
 * One verified statement by a channel about one order, whoever brought it.
 *
 * @param accountId the account whose credentials verified it
 * @param orderNumber our number, as the channel repeated it
 * @param subMerchantId the merchant the channel names, as it named it
 * @param outcome what it says
 * @param source how it reached us
 * @param notificationId the channel's id of the notification, kept for tracing; null otherwise
 * @param evidence what was said, as JSON without personal data or secrets, at most 16 KiB; kept
 *     when the report is refused
 */
public record ChannelReport(
        String accountId,
        String orderNumber,
        String subMerchantId,
        ChannelOutcome outcome,
        Source source,
        @Nullable String notificationId,
        String evidence) {

    /** The same report, understood as that. */
    public ChannelReport with(ChannelOutcome understood) {
        return new ChannelReport(
                accountId,
                orderNumber,
                subMerchantId,
                understood,
                source,
                notificationId,
                evidence);
    }

    /** How a report reached us. */
    public enum Source {
        NOTIFICATION,
        QUERY,
        /** The answer to the call that placed the order. */
        CHARGE,
        BROWSER,
        STATEMENT
    }
}

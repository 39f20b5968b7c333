package io.ferrypay.paymentchannel.channel;

/** Can be asked what became of an order. */
public interface QueriesPayments extends PaymentChannel {

    /**
     * What the channel says now, as a verified report with {@link ChannelReport.Source#QUERY}. When
     * there is no trustworthy answer the report's outcome is {@link ChannelOutcome.Unknown} and its
     * identity is that of {@code order}. An order the channel never saw is {@link
     * ChannelOutcome.Closed}: it cannot be paid any more under this number.
     */
    ChannelReport query(OrderKey order);
}

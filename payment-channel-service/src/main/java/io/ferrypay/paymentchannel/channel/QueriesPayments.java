package io.ferrypay.paymentchannel.channel;

/** Can be asked what became of an order. */
public interface QueriesPayments extends PaymentChannel {

    /**
     * What the channel says now, as a verified report with {@link ChannelReport.Source#QUERY}. When
     * there is no trustworthy answer the report's outcome is {@link ChannelOutcome.Unknown} and its
     * identity is that of {@code order}. An order the channel does not know is {@link
     * ChannelOutcome.NeverSeen} if only we could have placed it; where the payer's browser places
     * it, it is {@link ChannelOutcome.Pending}, for the payer may still be on the way.
     */
    ChannelReport query(OrderKey order);
}

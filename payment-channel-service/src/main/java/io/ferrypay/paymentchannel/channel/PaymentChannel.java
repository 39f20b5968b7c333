package io.ferrypay.paymentchannel.channel;

import java.util.List;

/**
 * An integration with one payment company. What it can do is said by the ability interfaces it also
 * implements ({@link PresentsQr}, {@link QueriesPayments}, {@link ClosesPayments}), so no list of
 * capabilities can drift. Every call is bounded in time by the adapter and never throws for what
 * the company or the network does: trouble is an answer ({@code Unknown}), not an exception.
 */
public interface PaymentChannel {

    /** The company behind this integration. */
    ChannelCode code();

    /**
     * The accounts configured for this channel; at most one per mode takes new orders: the first.
     */
    List<ChannelAccount> accounts();
}

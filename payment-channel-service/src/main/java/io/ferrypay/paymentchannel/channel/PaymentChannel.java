package io.ferrypay.paymentchannel.channel;

import java.util.List;

/**
 * An integration with one payment company. What it can do is said by the ability interfaces it also
 * implements ({@link OffersPayments}, {@link QueriesPayments}, {@link ClosesPayments}, {@link
 * RefundsPayments}, {@link ChargesPayCodes}, {@link ReversesCharges}, {@link ProvidesRates}, {@link
 * ProvidesStatements}, {@link IdentifiesPayers}), so no list of capabilities can drift. Every call
 * is bounded in time by the adapter and never throws for what the company or the network does:
 * trouble is an answer ({@code Unknown}), not an exception.
 */
public interface PaymentChannel {

    /** The company behind this integration. */
    ChannelCode code();

    /**
     * The accounts configured for this channel, in that order. The last one of a mode takes new
     * orders; earlier ones keep serving what was begun with them, which is how keys are rotated.
     */
    List<ChannelAccount> accounts();

    /**
     * Whether the channel takes amounts in the merchant's currency and converts them itself; if
     * not, it is told yuan and the rate is ours to find and to freeze.
     */
    boolean takesMerchantCurrency();
}

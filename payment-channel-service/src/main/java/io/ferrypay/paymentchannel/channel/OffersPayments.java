package io.ferrypay.paymentchannel.channel;

import java.time.Instant;
import java.util.Set;

/** Can take an order and say how the payer gets to pay it. */
public interface OffersPayments extends PaymentChannel {

    /** What that account can do; an approval we have not got is a flow that is missing here. */
    Set<Flow> flows(String accountId);

    /**
     * Places the order, or finds it again: repeating the call with an equal order is safe and leads
     * to the same order. Flows that begin in the payer's browser call nobody here; their order
     * exists at the channel when the browser has been there.
     */
    OfferAnswer offer(ChannelOrder order);

    /** What came of placing an order. */
    sealed interface OfferAnswer {

        /**
         * The payer can pay.
         *
         * @param expiresAt when the offer stops working, no later than the order itself
         */
        record Ready(Offer offer, Instant expiresAt) implements OfferAnswer {}

        /** The channel says this order was already paid: query it. */
        record AlreadyPaid() implements OfferAnswer {}

        /**
         * A definite no: no order exists and no money can move. {@code code} is the channel's word.
         */
        record Refused(String code) implements OfferAnswer {}

        /** No answer, or one that cannot be read or trusted: the order may exist. */
        record Unknown(String why) implements OfferAnswer {}
    }
}

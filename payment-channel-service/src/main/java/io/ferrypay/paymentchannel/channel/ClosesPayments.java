package io.ferrypay.paymentchannel.channel;

/** Can make unpaid orders unpayable, at least those of some flows. */
public interface ClosesPayments extends PaymentChannel {

    /**
     * Closes the order; closing one that is closed already succeeds. One the channel says it does
     * not know is {@link CloseAnswer.NotPossible}, unless it signs for that.
     */
    CloseAnswer close(OrderKey order);

    /** What came of closing. */
    sealed interface CloseAnswer {

        /** Nobody can pay this order any more. */
        record Closed() implements CloseAnswer {}

        /** Too late: it has been paid. Query it. */
        record AlreadyPaid() implements CloseAnswer {}

        /**
         * It had been paid, and closing it has sent all of the money back, which the channel has
         * signed for: hand this to {@link ApplyReturnedMoney}.
         *
         * @param paid what the channel says of the order, a {@link ChannelOutcome.Succeeded}
         * @param refundNumber under which the money went back
         */
        record GivenBack(ChannelReport paid, String refundNumber) implements CloseAnswer {}

        /** The channel will not close it (now). {@code code} is the channel's word. */
        record Refused(String code) implements CloseAnswer {}

        /** There is no way to close such an order: it lapses at the channel's own time. */
        record NotPossible() implements CloseAnswer {}

        /** No trustworthy answer: it may still be payable. */
        record Unknown(String why) implements CloseAnswer {}
    }
}

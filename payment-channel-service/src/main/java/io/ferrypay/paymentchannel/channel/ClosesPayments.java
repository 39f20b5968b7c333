package io.ferrypay.paymentchannel.channel;

/** Can make an unpaid order unpayable. */
public interface ClosesPayments extends PaymentChannel {

    /**
     * Closes the order; closing one that is closed already, or never reached the channel, succeeds.
     */
    CloseAnswer close(OrderKey order);

    /** What came of closing. */
    sealed interface CloseAnswer {

        /** Nobody can pay this order any more. */
        record Closed() implements CloseAnswer {}

        /** Too late: it has been paid. Query it. */
        record AlreadyPaid() implements CloseAnswer {}

        /** The channel will not close it (now). {@code code} is the channel's word. */
        record Refused(String code) implements CloseAnswer {}

        /** No trustworthy answer: it may still be payable. */
        record Unknown(String why) implements CloseAnswer {}
    }
}

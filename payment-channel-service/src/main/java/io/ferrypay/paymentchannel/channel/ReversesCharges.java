package io.ferrypay.paymentchannel.channel;

import java.time.Instant;

/**
 * Can take a charge by a pay code back, whatever has become of it: an order nobody has paid is
 * closed, and one that is paid gives all of its money back.
 */
public interface ReversesCharges extends PaymentChannel {

    /** Until when the channel takes such an order back; afterwards only a refund does. */
    Instant reversibleUntil(OrderKey order);

    /** Takes it back. Repeating it is safe, and asked for whenever the answer is not final. */
    ReverseAnswer reverse(OrderKey order);

    /** What came of it. */
    sealed interface ReverseAnswer {

        /** The channel has signed for it. That nobody can pay any more is for a query to say. */
        record Reversed() implements ReverseAnswer {}

        /** The channel could not do it now and asks to be asked again. */
        record AskAgain(String why) implements ReverseAnswer {}

        /** The channel will not, or knows no such order. {@code code} is its word. */
        record Refused(String code) implements ReverseAnswer {}

        /** No trustworthy answer: it may have happened. */
        record Unknown(String why) implements ReverseAnswer {}
    }
}

package io.ferrypay.paymentchannel.channel;

import java.time.Instant;

/** Gives a code that a payer scans with a wallet on another device. */
public interface PresentsQr extends PaymentChannel {

    /**
     * Places the order, or finds it again: repeating the call with an equal order is safe and gives
     * a code for the same order.
     */
    QrAnswer presentQr(ChannelOrder order);

    /** What came of asking for a code. */
    sealed interface QrAnswer {

        /**
         * The code can be shown.
         *
         * @param content the text inside the QR code
         * @param expiresAt when the code stops working, no later than the order itself
         */
        record Ready(String content, Instant expiresAt) implements QrAnswer {}

        /** The channel says this order was already paid: query it. */
        record AlreadyPaid() implements QrAnswer {}

        /**
         * A definite no: no order exists and no money can move. {@code code} is the channel's word.
         */
        record Refused(String code) implements QrAnswer {}

        /** No answer, or one that cannot be read or trusted: the order may exist. */
        record Unknown(String why) implements QrAnswer {}
    }
}

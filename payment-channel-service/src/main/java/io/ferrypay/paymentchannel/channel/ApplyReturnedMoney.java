package io.ferrypay.paymentchannel.channel;

/**
 * Where it is told that a channel has sent an order's money back without having been asked for a
 * refund. Safe to call twice and at the same time.
 */
public interface ApplyReturnedMoney {

    /**
     * Counts the order as paid and all of it as refunded, both or neither. Throws only when our own
     * store fails: nothing has happened then.
     *
     * @param paid the channel's report that the order was paid
     * @param refundNumber under which the money went back
     * @return what became of the report
     */
    ApplyChannelReport.Result apply(ChannelReport paid, String refundNumber);
}

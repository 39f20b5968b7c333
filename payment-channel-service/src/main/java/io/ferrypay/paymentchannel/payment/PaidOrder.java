package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.channel.OrderKey;
import java.time.Instant;

/**
 * An order at a channel that took a payer's money.
 *
 * @param key how it is found there; its amount is all that was charged
 * @param channelReference the channel's number for it
 * @param amount what it was for, in the payment's currency
 * @param refundedAtChannel how much of the charge has gone back or is on its way
 * @param paidAt by the channel's clock
 */
public record PaidOrder(
        OrderKey key,
        String channelReference,
        Money amount,
        Money refundedAtChannel,
        Instant paidAt) {

    public Money charged() {
        return key.amount();
    }
}

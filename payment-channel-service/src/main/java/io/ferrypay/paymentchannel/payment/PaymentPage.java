package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.Flow;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a payment's link opens: the payment as it stands.
 *
 * @param merchantName what payers see
 * @param methods what the shopper may choose from
 * @param attempt the latest one, if there is any
 * @param version grows with every change
 */
public record PaymentPage(
        PaymentView payment,
        String merchantName,
        List<WayToPay> methods,
        @Nullable AttemptView attempt,
        long version) {

    /**
     * One of the ways to pay.
     *
     * @param flows what the channel can do for it
     * @param health whether it works at the moment, as far as we know
     */
    public record WayToPay(
            PaymentMethod method, String accountId, Set<Flow> flows, ChannelHealth.Health health) {}
}

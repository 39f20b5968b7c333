package io.ferrypay.paymentchannel.payment;

import io.ferrypay.paymentchannel.channel.ChannelCode;
import java.util.List;
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
        List<ChannelCode> methods,
        @Nullable AttemptView attempt,
        long version) {}

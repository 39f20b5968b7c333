package io.ferrypay.paymentchannel.payment;

import io.ferrypay.money.Money;
import io.ferrypay.paymentchannel.fx.YuanCharge;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is told to charge.
 *
 * @param frozen how we came to it, where we converted
 */
record Charge(Money amount, @Nullable YuanCharge frozen) {}

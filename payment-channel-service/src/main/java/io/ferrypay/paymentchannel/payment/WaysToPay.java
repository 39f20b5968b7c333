package io.ferrypay.paymentchannel.payment;

import io.ferrypay.identity.Mode;
import io.ferrypay.paymentchannel.channel.ChannelAccount;
import io.ferrypay.paymentchannel.channel.ChannelHealth;
import io.ferrypay.paymentchannel.channel.Channels;
import io.ferrypay.paymentchannel.channel.OffersPayments;
import io.ferrypay.paymentchannel.channel.PaymentMethod;
import io.ferrypay.paymentchannel.merchant.Merchant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** How a merchant's shoppers can pay, and whether each way works at the moment. */
@Component
public class WaysToPay {

    private final Channels channels;
    private final ChannelHealth health;

    WaysToPay(Channels channels, ChannelHealth health) {
        this.channels = channels;
        this.health = health;
    }

    /** All that the merchant has in that mode. */
    public List<PaymentPage.WayToPay> of(Merchant merchant, Mode mode) {
        return Arrays.stream(PaymentMethod.values())
                .filter(method -> merchant.at(method, mode).isPresent())
                .flatMap(method -> channels.accountFor(method, mode).stream())
                .map(this::way)
                .toList();
    }

    private PaymentPage.WayToPay way(ChannelAccount account) {
        return new PaymentPage.WayToPay(
                account.channel().method(),
                account.id(),
                channels.ability(account.id(), OffersPayments.class)
                        .map(channel -> channel.flows(account.id()))
                        .orElse(Set.of()),
                health.of(account.id(), null));
    }
}
